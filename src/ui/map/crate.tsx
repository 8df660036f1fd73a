import clsx from "clsx";
import { memo } from "react";
import type { MapObject } from "@/server/realtime/protocol";
import { crateLabel, shorten } from "./crate-label";
import type { Density, Size } from "./map-layout";

export interface CrateProps {
  pod: MapObject;
  x: number;
  y: number;
  size: Size;
  density: Density;
  /** One of the places that keys reach; the others are skipped by Tab. */
  current: boolean;
  chosen: boolean;
  highlighted: boolean;
  label: string;
}

/** A pod: one crate, its state in fill and outline, a cell for each container. */
export const Crate = memo(function Crate({
  pod,
  x,
  y,
  size,
  density,
  current,
  chosen,
  highlighted,
  label,
}: CrateProps) {
  const { width, height } = size;
  return (
    // biome-ignore lint/a11y/useSemanticElements: SVG has no button.
    <g
      className="place crate-place"
      style={{ transform: `translate(${x}px, ${y}px)` }}
      data-key={pod.key}
      data-testid={`crate-${pod.key}`}
      data-state={pod.state}
      role="button"
      tabIndex={current ? 0 : -1}
      aria-label={label}
    >
      <g className={clsx("crate", `crate-${pod.state}`)}>
        <path className="body" d={outline(pod.state, width, height, density)} />
        {density === "small" ? null : <Ribs width={width} height={height} />}
        {density === "large" ? <Inscription pod={pod} width={width} height={height} /> : null}
        {density === "medium" ? (
          <text className="mono" x={6} y={height / 2 + 3.5} fontSize="10.5">
            {shorten(crateLabel(pod, 6).suffix.split("-").at(-1) || pod.name, 6)}
          </text>
        ) : null}
      </g>
      <rect
        className={clsx("ring", !chosen && !highlighted && "hover-ring")}
        x={-3}
        y={-3}
        width={width + 6}
        height={height + 6}
        rx={5}
      />
    </g>
  );
});

/** A failing crate has lost its corner. */
function outline(state: MapObject["state"], width: number, height: number, density: Density): string {
  const radius = density === "small" ? 1.5 : 3;
  const notch = density === "large" ? 13 : density === "medium" ? 9 : 6;
  const right =
    state === "failing" ? `H${width - notch}L${width} ${notch}` : `H${width - radius}Q${width} 0 ${width} ${radius}`;
  return `M${radius} 0${right}V${height - radius}Q${width} ${height} ${width - radius} ${height}H${radius}Q0 ${height} 0 ${
    height - radius
  }V${radius}Q0 0 ${radius} 0Z`;
}

function Ribs({ width, height }: Size) {
  let path = "";
  for (let x = 8; x < width - 4; x += 8) path += `M${x} 3V${height - 3}`;
  return <path className="ribs" d={path} strokeWidth="1.5" />;
}

function Inscription({ pod, width, height }: Size & { pod: MapObject }) {
  const containers = (pod.containers ?? []).slice(0, 4);
  const cells = containers.length * 10;
  const { title, suffix } = crateLabel(pod, Math.floor((width - 14 - cells) / 6.3));
  const detail =
    pod.status !== "Running" || pod.state === "terminating"
      ? pod.status
      : pod.state === "running"
        ? suffix || pod.ready || ""
        : `${pod.ready} ready`;
  const room = Math.floor((width - 14) / 6.1) - (pod.restarts ? 1 + String(pod.restarts).length + 1 : 0);
  return (
    <>
      <text x={8} y={height / 2 - 3} fontSize="13" fontWeight="650">
        {title}
      </text>
      <text className="mono" x={8} y={height / 2 + 13} fontSize="10" opacity="0.95">
        {shorten(detail, room)}
        {pod.restarts ? ` ↻${pod.restarts}` : ""}
      </text>
      {containers.map((container, index) => (
        <rect
          key={container.name}
          x={width - 7 - cells + index * 10 + 2}
          y={height / 2 - 12}
          width={7}
          height={7}
          rx={1.5}
          fill={container.ready ? "currentColor" : "none"}
          stroke="currentColor"
          strokeWidth="1.4"
        />
      ))}
    </>
  );
}
