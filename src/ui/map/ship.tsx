import clsx from "clsx";
import { memo } from "react";
import type { MapObject } from "@/server/realtime/protocol";
import { shorten } from "./crate-label";
import type { ShipPlace } from "./map-layout";

export interface ShipProps {
  node: MapObject;
  place: ShipPlace;
  /** The control plane's own pods on this node: the lamps of the bridge. */
  lamps: readonly MapObject[];
  current: boolean;
  chosen: boolean;
  label: string;
}

/** A node: bow to the quay, deck for the pods, bridge at the stern, and in the hull its name and load. */
export const Ship = memo(function Ship({ node, place, lamps, current, chosen, label }: ShipProps) {
  const { deck, hull } = place;
  const bow = hull.x - 9;
  const right = hull.x + hull.width;
  const bottom = hull.y + hull.height;
  const down = node.state !== "running";
  return (
    <g>
      <path
        d={`M${deck.x} ${deck.y + 6}Q${deck.x} ${deck.y} ${deck.x + 6} ${deck.y}H${right - 6}Q${right} ${deck.y} ${right} ${deck.y + 6}V${hull.y}H${deck.x}Z`}
        fill="var(--deck)"
        stroke={down ? "var(--failing)" : "var(--line)"}
        strokeDasharray={down ? "4 3" : undefined}
      />
      <Bridge place={place} lamps={lamps} />
      {/* biome-ignore lint/a11y/useSemanticElements: SVG has no button. */}
      <g
        className="place"
        data-key={node.key}
        data-testid={`ship-${node.name}`}
        data-state={node.state}
        role="button"
        tabIndex={current ? 0 : -1}
        aria-label={label}
      >
        <path
          d={`M${bow} ${hull.y}H${right}L${right - 5} ${bottom - 8}Q${right - 7} ${bottom} ${right - 15} ${bottom}H${hull.x + 20}Q${hull.x + 6} ${bottom} ${bow} ${hull.y}Z`}
          fill={down ? "var(--terminating)" : "var(--hull)"}
          stroke={chosen ? "var(--accent)" : "var(--hull-edge)"}
          strokeWidth={chosen ? 2.5 : 1}
        />
        <path d={`M${bow + 1} ${hull.y + 3.5}H${right - 1}`} stroke="var(--accent)" strokeWidth="2" opacity="0.9" />
        <text x={hull.x + 20} y={hull.y + 24} fontSize="13" fontWeight="650" fill="var(--hull-ink)">
          {shorten(node.name, Math.floor((hull.width - 190) / 7))}
          {node.status !== "Ready" ? (
            <tspan dx="8" fontWeight="650" fill={down ? "var(--hull-ink)" : "var(--hull-ink-2)"}>
              {node.status}
            </tspan>
          ) : null}
        </text>
        {node.capacity && hull.width > 280 ? <Load node={node} x={right - 150} y={hull.y + 12} /> : null}
        <path
          className="ring hover-ring"
          d={`M${bow} ${hull.y}H${right}L${right - 5} ${bottom - 8}Q${right - 7} ${bottom} ${right - 15} ${bottom}H${hull.x + 20}Q${hull.x + 6} ${bottom} ${bow} ${hull.y}Z`}
        />
      </g>
      <path
        d={waves(hull.x - 16, right + 8, bottom + 5)}
        fill="none"
        stroke="var(--sea-line)"
        strokeWidth="2"
        strokeLinecap="round"
      />
    </g>
  );
});

function waves(from: number, to: number, y: number): string {
  let path = `M${from} ${y}`;
  for (let x = from; x + 18 <= to; x += 18) path += `q4.5 -4 9 0t9 0`;
  return path;
}

/** The wheelhouse; on a control plane its windows are the components, lit by their state. */
function Bridge({ place, lamps }: { place: ShipPlace; lamps: readonly MapObject[] }) {
  const { deck, hull } = place;
  const x = hull.x + hull.width - 42;
  const top = hull.y - 38;
  return (
    <g>
      <path
        d={`M${x} ${hull.y}V${top + 4}Q${x} ${top} ${x + 4} ${top}H${x + 34}Q${x + 37} ${top} ${x + 37} ${top + 4}V${hull.y}Z`}
        fill="var(--hull)"
        opacity="0.92"
      />
      {[0, 1, 2].map((window) => (
        <rect
          key={window}
          x={x + 5 + window * 10}
          y={top + 6}
          width={7}
          height={7}
          rx={1.5}
          fill="var(--hull-ink-2)"
          opacity="0.85"
        />
      ))}
      <path d={`M${x + 18.5} ${top}v-7`} stroke="var(--hull)" strokeWidth="2" />
      {place.controlPlane ? <path d={`M${x + 18.5} ${top - 8}h12l-3 4 3 4h-12Z`} fill="var(--accent)" /> : null}
      {lamps.length > 0 && place.pods === 0 ? (
        <g>
          {lamps.map((lamp, index) => (
            <Lamp
              key={lamp.key}
              lamp={lamp}
              x={deck.x + 14 + index * 0}
              y={deck.y}
              index={index}
              width={x - deck.x - 24}
              count={lamps.length}
            />
          ))}
        </g>
      ) : null}
    </g>
  );
}

function Lamp({
  lamp,
  x,
  y,
  index,
  width,
  count,
}: {
  lamp: MapObject;
  x: number;
  y: number;
  index: number;
  width: number;
  count: number;
}) {
  const perRow = width < 320 ? 2 : count;
  const step = width / perRow;
  const left = x + (index % perRow) * step;
  const top = y + (perRow === count ? 25 : 15 + Math.floor(index / perRow) * 18);
  const name = lamp.labels.component ?? lamp.name;
  const on = lamp.state === "running";
  return (
    <g>
      <title>{`${lamp.name}: ${lamp.status}`}</title>
      <circle
        cx={left + 4}
        cy={top}
        r={4}
        fill={on ? "var(--running)" : "none"}
        stroke={on ? "none" : "var(--failing)"}
        strokeWidth="1.8"
      />
      <text
        x={left + 13}
        y={top + 4}
        fontSize="11"
        className={clsx(!on && "mono")}
        fill={on ? "var(--ink-2)" : "var(--failing-text)"}
      >
        {shorten(name.replace("kube-", ""), Math.floor((step - 16) / 5.8))}
      </text>
    </g>
  );
}

function Load({ node, x, y }: { node: MapObject; x: number; y: number }) {
  const load = node.capacity;
  if (!load) return null;
  const bars = [
    { name: "cpu", share: load.requestedCpuMillicores / Math.max(1, load.cpuMillicores) },
    { name: "mem", share: load.requestedMemoryBytes / Math.max(1, load.memoryBytes) },
  ];
  return (
    <g>
      {bars.map(({ name, share }, index) => (
        <g key={name} transform={`translate(${x} ${y + index * 13})`}>
          <text className="mono" x={0} y={6} fontSize="10" fill="var(--hull-ink-2)">
            {name}
          </text>
          <rect x={26} y={0} width={64} height={6} rx={3} fill="rgb(255 255 255 / 0.16)" />
          <rect
            x={26}
            y={0}
            width={Math.max(share > 0 ? 3 : 0, Math.min(1, share) * 64)}
            height={6}
            rx={3}
            fill="var(--hull-ink-2)"
          />
          <text className="mono" x={128} y={6} fontSize="10" textAnchor="end" fill="var(--hull-ink-2)">
            {Math.round(share * 100)}%
          </text>
        </g>
      ))}
    </g>
  );
}
