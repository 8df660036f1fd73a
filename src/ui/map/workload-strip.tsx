"use client";

import clsx from "clsx";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { MapObject } from "@/server/realtime/protocol";
import { StateMark } from "../design/state-mark";
import { isSystem } from "./map-layout";

/** Standing orders: Deployments and their like, with what they want and what they have. */
export function WorkloadStrip({
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
  const t = useTranslations("map");
  const workloads = useMemo(
    () =>
      [...objects.values()].filter(
        (object) =>
          object.replicas && !(object.kind === "ReplicaSet" && object.ownerKey) && (showSystem || !isSystem(object)),
      ),
    [objects, showSystem],
  );
  if (workloads.length === 0) return null;
  return (
    <ul
      aria-label={t("orders")}
      className="flex max-h-[4.6rem] shrink-0 flex-wrap gap-1.5 overflow-y-auto border-line border-b bg-surface px-2.5 py-1.5"
    >
      {workloads.map((workload) => (
        <li key={workload.key}>
          <button
            type="button"
            onClick={() => onChoose(workload.key)}
            data-testid={`workload-${workload.key}`}
            data-state={workload.state}
            className={clsx(
              "flex items-center gap-2 whitespace-nowrap rounded-md border bg-page px-2 py-0.5 text-sm hover:bg-hover",
              workload.key === chosen ? "border-accent!" : "border-line",
            )}
          >
            <StateMark state={workload.state} />
            <span className="text-ink-3 text-xs">{workload.kind}</span>
            <span className="font-semibold">{workload.name}</span>
            <span className="font-mono text-xs">
              {workload.replicas?.ready}/{workload.replicas?.desired}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
