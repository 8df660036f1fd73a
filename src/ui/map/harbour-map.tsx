"use client";

import clsx from "clsx";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef, useState } from "react";
import type { MapObject, ServerEvents } from "@/server/realtime/protocol";
import { Berth, You } from "./berth";
import { Crate } from "./crate";
import { endpointPods, laneOf, podAddresses } from "./lanes";
import { isSystem, layoutMap, layoutSignature } from "./map-layout";
import { type Direction, neighbour } from "./neighbour";
import { Ship } from "./ship";
import { bridgeLamps, trafficKeys, trafficPath } from "./traffic";

type Traffic = Parameters<ServerEvents["traffic"]>[0] & { id: number };

/**
 * The cluster as a harbour. Position, count and colour come from the objects and from nothing else. The layout is
 * computed again only when objects come, go or move; a crate renders again only when its own object changes.
 */
export function HarbourMap({
  objects,
  traffic,
  showSystem,
  chosen,
  onChoose,
}: {
  objects: ReadonlyMap<string, MapObject>;
  traffic: readonly Traffic[];
  showSystem: boolean;
  chosen?: string;
  onChoose: (key: string) => void;
}) {
  const t = useTranslations("map");
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [settled, setSettled] = useState(false);
  const [cursor, setCursor] = useState<string>();

  // Crates glide when the cluster moves them, not when the window does.
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const observer = new ResizeObserver(([entry]) => {
      setSettled(false);
      setWidth(Math.max(280, Math.floor(entry?.contentRect.width ?? 0)));
      clearTimeout(timer);
      timer = setTimeout(() => setSettled(true), 200);
    });
    observer.observe(element);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
    };
  }, []);

  const shown = useMemo(
    () => [...objects.values()].filter((object) => showSystem || !isSystem(object)),
    [objects, showSystem],
  );
  const signature = useMemo(() => layoutSignature(shown), [shown]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the signature stands for the objects.
  const layout = useMemo(() => layoutMap(shown, width || 600), [signature, width]);

  const endpoints = useMemo(() => {
    const addresses = podAddresses(shown);
    const known = new Map(shown.map((object) => [object.key, object]));
    const result = new Map<string, string[]>();
    for (const object of shown) {
      if (object.resource === "services") result.set(object.key, endpointPods(object, known, addresses));
    }
    return result;
  }, [shown]);
  const lanes = useMemo(
    () => [...endpoints].map(([service, pods]) => laneOf(layout, service, pods)),
    [layout, endpoints],
  );
  const lit = useMemo(() => trafficKeys(traffic), [traffic]);
  const reached = useMemo(() => new Set(chosen ? (endpoints.get(chosen) ?? []) : []), [chosen, endpoints]);

  const first = layout.services.keys().next().value ?? layout.crates.keys().next().value ?? layout.ships[0]?.key;
  const current = cursor && objects.has(cursor) ? cursor : first;
  const describe = (object: MapObject) =>
    t("object", { kind: object.kind, name: object.name, status: object.status, place: object.node ?? "" });

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const key = (event.target as Element).closest("[data-key]")?.getAttribute("data-key") ?? current;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      if (key) onChoose(key);
    } else if (event.key.startsWith("Arrow")) {
      event.preventDefault();
      const next = neighbour(layout, key ?? undefined, event.key as Direction);
      if (!next) return;
      setCursor(next);
      box.current?.querySelector<SVGElement>(`[data-key="${CSS.escape(next)}"]`)?.focus();
    }
  };
  const onClick = (event: MouseEvent) => {
    const key = (event.target as Element).closest("[data-key]")?.getAttribute("data-key");
    if (!key) return;
    setCursor(key);
    onChoose(key);
  };

  return (
    <div ref={box} className="h-full overflow-x-hidden overflow-y-auto bg-sea" data-testid="map">
      {width === 0 ? null : (
        // biome-ignore lint/a11y/useSemanticElements: a drawing whose parts can be chosen.
        <svg
          role="group"
          aria-label={t("label")}
          width={layout.width}
          height={layout.height}
          className={clsx("harbour block min-h-full", settled && "settled", layout.density === "small" && "dense")}
          onKeyDown={onKeyDown}
          onClick={onClick}
        >
          <Patterns />
          <rect width="100%" height="100%" fill="url(#sea)" />
          <Quay layout={layout} waiting={t("waiting")} />
          {lanes.map((lane) => (
            <g key={lane.service} className={clsx(lane.service === chosen && "lane-chosen")}>
              <path className="lane" d={lane.path} />
            </g>
          ))}
          {layout.ships.map((place) => {
            const node = objects.get(place.key);
            if (!node) return null;
            return (
              <Ship
                key={place.key}
                node={node}
                place={place}
                lamps={place.controlPlane ? bridgeLamps(objects.values(), node.name) : none}
                current={place.key === current}
                chosen={place.key === chosen}
                label={describe(node)}
              />
            );
          })}
          {lanes.map((lane) => (
            <g key={lane.service} className={clsx(lane.service === chosen && "lane-chosen")}>
              {layout.density === "small" ? null : <path className="lane" d={lane.path} />}
              {lane.counts.map((count) => (
                <text key={`${count.x},${count.y}`} x={count.x} y={count.y} fontSize="10" fill="var(--ink-2)">
                  ×{count.count}
                </text>
              ))}
            </g>
          ))}
          {shown.map((object) => {
            const place = layout.services.get(object.key);
            if (!place) return null;
            return (
              <Berth
                key={object.key}
                service={object}
                place={place}
                current={object.key === current}
                chosen={object.key === chosen}
                label={describe(object)}
              />
            );
          })}
          {shown.map((object) => {
            const place = layout.crates.get(object.key);
            if (!place) return null;
            return (
              <Crate
                key={object.key}
                pod={object}
                x={place.x}
                y={place.y}
                size={layout.crate}
                density={layout.density}
                current={object.key === current}
                chosen={object.key === chosen}
                highlighted={lit.has(object.key) || reached.has(object.key)}
                label={describe(object)}
              />
            );
          })}
          {lanes.map((lane) =>
            lane.ends.map((end) => (
              <circle
                key={`${lane.service} ${end.x} ${end.y}`}
                className="lane-end"
                cx={end.x}
                cy={end.y}
                r={2.6}
                pointerEvents="none"
              />
            )),
          )}
          <You place={layout.you} text={t("you")} />
          {traffic.map((one) => (
            <path
              key={one.id}
              className={clsx("lit", one.outcome !== "ok" && "lit-failed")}
              d={trafficPath(layout, one.hops)}
              pointerEvents="none"
            />
          ))}
        </svg>
      )}
    </div>
  );
}

const none: readonly MapObject[] = [];

function Patterns() {
  return (
    <defs>
      <pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="7" height="7" fill="var(--terminating-soft)" />
        <rect width="2.2" height="7" fill="var(--terminating)" opacity="0.45" />
      </pattern>
      <pattern id="sea" width="96" height="44" patternUnits="userSpaceOnUse">
        <rect width="96" height="44" fill="var(--sea)" />
        <path
          d="M8 14q6 -4 12 0t12 0M58 36q6 -4 12 0t12 0"
          fill="none"
          stroke="var(--sea-line)"
          strokeWidth="1.2"
          opacity="0.6"
        />
      </pattern>
      <pattern id="quay-stones" width="26" height="10" patternUnits="userSpaceOnUse">
        <rect width="26" height="10" fill="var(--quay-line)" opacity="0.55" />
        <path d="M0 0H26M0 0V10" stroke="var(--quay)" strokeWidth="1.5" />
      </pattern>
    </defs>
  );
}

function Quay({ layout, waiting }: { layout: ReturnType<typeof layoutMap>; waiting: string }) {
  const { quay } = layout;
  return (
    <g>
      <rect width={quay.width} height={quay.height} fill="var(--quay)" />
      <rect y={quay.height - 8} width={quay.width} height={8} fill="url(#quay-stones)" />
      {layout.waiting ? (
        <text x={layout.waiting.x} y={layout.waiting.y + 11} fontSize="11" fontWeight="600" fill="var(--ink-2)">
          {waiting}
        </text>
      ) : null}
    </g>
  );
}
