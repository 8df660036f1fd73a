"use client";

import clsx from "clsx";
import { type KeyboardEvent, type PointerEvent, useRef } from "react";

/** A divider that a pointer drags and arrow keys move. `value` is the size in pixels of what stands before it. */
export function Divider({
  label,
  value,
  min,
  max,
  direction = 1,
  vertical = true,
  onChange,
}: {
  label: string;
  value: number;
  min: number;
  max: number;
  /** -1 where the sized region stands after the divider. */
  direction?: 1 | -1;
  /** Whether it stands between columns. */
  vertical?: boolean;
  onChange: (value: number) => void;
}) {
  const drag = useRef<{ from: number; value: number }>(undefined);
  const clamp = (next: number) => Math.round(Math.max(min, Math.min(max, next)));
  const at = (event: PointerEvent) => (vertical ? event.clientX : event.clientY);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const less = vertical ? "ArrowLeft" : "ArrowUp";
    const more = vertical ? "ArrowRight" : "ArrowDown";
    if (event.key !== less && event.key !== more) return;
    event.preventDefault();
    onChange(clamp(value + direction * (event.key === more ? 24 : -24)));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a focusable separator is ARIA's window splitter; <hr> is none.
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={vertical ? "vertical" : "horizontal"}
      aria-valuenow={value}
      aria-valuemin={min}
      aria-valuemax={max}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { from: at(event), value };
      }}
      onPointerMove={(event) => {
        const start = drag.current;
        if (start) onChange(clamp(start.value + direction * (at(event) - start.from)));
      }}
      onPointerUp={() => {
        drag.current = undefined;
      }}
      className={clsx(
        "group relative z-10 shrink-0 touch-none bg-line transition-colors hover:bg-accent focus-visible:bg-accent focus-visible:outline-none",
        vertical ? "w-px cursor-col-resize" : "h-px cursor-row-resize",
      )}
    >
      <span className={clsx("absolute", vertical ? "inset-y-0 -left-1.5 w-3" : "inset-x-0 -top-1.5 h-3")} />
    </div>
  );
}
