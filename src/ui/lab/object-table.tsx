"use client";

import clsx from "clsx";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { MapObject } from "@/server/realtime/protocol";
import { StateMark, stateText } from "../design/state-mark";
import { age } from "../design/time";
import { isSystem } from "../map/map-layout";
import { useLab } from "./lab-context";

/** Kinds in the order in which one asks for them; others follow by name. */
const ORDER = [
  "Node",
  "Deployment",
  "StatefulSet",
  "DaemonSet",
  "ReplicaSet",
  "ReplicationController",
  "Job",
  "Pod",
  "Service",
  "ConfigMap",
  "Secret",
  "Namespace",
];
/** Rows beyond this many per kind are left to kubectl. */
const MAX_ROWS = 300;

export function groupByKind(objects: Iterable<MapObject>): { kind: string; rows: MapObject[] }[] {
  const groups = new Map<string, { kind: string; rows: MapObject[] }>();
  for (const object of objects) {
    const group = groups.get(object.kind) ?? { kind: object.kind, rows: [] };
    group.rows.push(object);
    groups.set(object.kind, group);
  }
  const rank = (kind: string) => {
    const index = ORDER.indexOf(kind);
    return index === -1 ? ORDER.length : index;
  };
  return [...groups]
    .sort(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b))
    .map(([, group]) => ({ ...group, rows: group.rows.sort((a, b) => a.key.localeCompare(b.key)) }));
}

export function ObjectTable({
  objects,
  showSystem,
  chosen,
  onChoose,
}: {
  objects: ReadonlyMap<string, MapObject>;
  showSystem: boolean;
  chosen?: string;
  onChoose: (key: string) => void;
}) {
  const t = useTranslations("table");
  const groups = useMemo(
    () => groupByKind([...objects.values()].filter((object) => showSystem || !isSystem(object))),
    [objects, showSystem],
  );
  const nowMs = useLab((view) => view.time?.nowMs ?? 0);
  return (
    <div className="flex flex-col gap-4 p-3" data-testid="object-table">
      {groups.map(({ kind, rows }) => (
        <section key={kind}>
          <h3 className="mb-1 flex items-baseline gap-2 font-semibold text-sm">
            {kind}
            <span className="font-normal text-ink-3 text-xs">{rows.length}</span>
          </h3>
          <div className="overflow-hidden rounded-md border border-line">
            <table className="w-full text-sm">
              <thead className="bg-page text-ink-3 text-xs">
                <tr>
                  <th className="px-2.5 py-1 text-left font-medium">{t("name")}</th>
                  <th className="px-2.5 py-1 text-left font-medium">{t("status")}</th>
                  <th className="px-2.5 py-1 text-right font-medium">{t("age")}</th>
                </tr>
              </thead>
              <tbody>
                {rows.slice(0, MAX_ROWS).map((object) => (
                  <Row
                    key={object.key}
                    object={object}
                    nowMs={nowMs}
                    chosen={object.key === chosen}
                    onChoose={onChoose}
                  />
                ))}
              </tbody>
            </table>
          </div>
          {rows.length > MAX_ROWS ? (
            <p className="mt-1 text-ink-3 text-xs">{t("more", { count: rows.length - MAX_ROWS })}</p>
          ) : null}
        </section>
      ))}
    </div>
  );
}

function Row({
  object,
  nowMs,
  chosen,
  onChoose,
}: {
  object: MapObject;
  nowMs: number;
  chosen: boolean;
  onChoose: (key: string) => void;
}) {
  const detail = object.replicas
    ? `${object.replicas.ready}/${object.replicas.desired}`
    : object.service
      ? `${object.service.type} ${object.service.ports.join(",")}`
      : [object.ready, object.status].filter(Boolean).join(" ");
  return (
    <tr className={clsx("border-line border-t hover:bg-hover", chosen && "bg-accent-soft")} data-state={object.state}>
      <td className="max-w-0 truncate px-2.5 py-1">
        <button
          type="button"
          onClick={() => onChoose(object.key)}
          className="flex w-full items-center gap-2 text-left"
          title={object.namespace ? `${object.namespace}/${object.name}` : object.name}
        >
          <StateMark state={object.state} />
          <span className="truncate font-medium">{object.name}</span>
          {object.namespace && object.namespace !== "default" ? (
            <span className="truncate text-ink-3 text-xs">{object.namespace}</span>
          ) : null}
        </button>
      </td>
      <td className={clsx("w-[42%] px-2.5 py-1", stateText[object.state])}>
        {detail}
        {object.restarts ? <span className="text-ink-3"> ↻{object.restarts}</span> : null}
      </td>
      <td className="w-16 px-2.5 py-1 text-right text-ink-3">{age(nowMs - object.createdMs)}</td>
    </tr>
  );
}
