import clsx from "clsx";
import { memo } from "react";
import type { MapObject } from "@/server/realtime/protocol";
import { shorten } from "./crate-label";
import type { Rect, ServicePlace } from "./map-layout";

export interface BerthProps {
  service: MapObject;
  place: ServicePlace;
  current: boolean;
  chosen: boolean;
  label: string;
}

/** A Service: the sign at the head of its lane. Outward ones stand on the quay, the others float as buoys. */
export const Berth = memo(function Berth({ service, place, current, chosen, label }: BerthProps) {
  const { x, y, width, height } = place;
  const empty = service.state === "failing";
  return (
    // biome-ignore lint/a11y/useSemanticElements: SVG has no button.
    <g
      className="place"
      data-key={service.key}
      data-testid={`service-${service.key}`}
      data-state={service.state}
      role="button"
      tabIndex={current ? 0 : -1}
      aria-label={label}
    >
      <rect
        x={x}
        y={y}
        width={width}
        height={height}
        rx={place.atQuay ? 4 : height / 2}
        fill="var(--surface)"
        stroke={chosen ? "var(--accent)" : empty ? "var(--failing)" : "var(--lane)"}
        strokeWidth={chosen ? 2.5 : 1.6}
        strokeDasharray={empty ? "2 4" : undefined}
        strokeLinecap="round"
      />
      <circle
        cx={x + 18}
        cy={y + height / 2}
        r={6}
        fill={empty ? "none" : "var(--lane)"}
        stroke={empty ? "var(--failing)" : "var(--lane)"}
        strokeWidth="1.8"
      />
      <text x={x + 31} y={y + 17} fontSize="13" fontWeight="650" fill="var(--ink)">
        {shorten(service.name, Math.floor((width - 42) / 6.8))}
      </text>
      <text
        className="mono"
        x={x + 31}
        y={y + 31}
        fontSize="10"
        fill={clsx(empty ? "var(--failing-text)" : "var(--ink-2)")}
      >
        {shorten(empty ? "no endpoints" : serviceDetail(service), Math.floor((width - 38) / 6))}
      </text>
      <rect
        className="ring hover-ring"
        x={x - 3}
        y={y - 3}
        width={width + 6}
        height={height + 6}
        rx={place.atQuay ? 6 : height / 2 + 3}
      />
    </g>
  );
});

/** The one thing that one needs to reach it. */
export function serviceDetail({ service }: Pick<MapObject, "service">): string {
  const [port = "", nodePort = ""] = service?.ports[0]?.replace(/\/\w+$/, "").split(":") ?? [];
  switch (service?.type) {
    case "LoadBalancer":
      return `LB ${service.externalIp ?? "<pending>"}`;
    case "NodePort":
      return `NodePort ${nodePort || port}`;
    case "ExternalName":
      return "ExternalName";
    default:
      return service?.clusterIp === "None" ? `headless ${port}` : `ClusterIP ${port}`;
  }
}

/** The learner's machine: requests from the terminal start here. */
export function You({ place, text }: { place: Rect; text: string }) {
  const middle = place.y + place.height / 2;
  return (
    <g>
      <rect x={place.x} y={place.y} width={place.width} height={place.height} rx={4} fill="var(--terminal)" />
      <text className="mono" x={place.x + 10} y={middle + 4} fontSize="12" fill="var(--accent)">
        &gt;_
      </text>
      <text x={place.x + 32} y={middle + 4} fontSize="12" fontWeight="600" fill="var(--terminal-ink)">
        {text}
      </text>
    </g>
  );
}
