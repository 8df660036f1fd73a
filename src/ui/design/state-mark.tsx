import clsx from "clsx";
import type { VisualState } from "@/server/realtime/protocol";

/** The four states as a small mark: filled, dashed outline, notched, hatched. Never hue alone. */
export function StateMark({ state, className }: { state: VisualState; className?: string }) {
  return (
    <svg viewBox="0 0 14 12" aria-hidden className={clsx("inline-block h-3 w-3.5 shrink-0", className)}>
      {state === "running" ? <rect x="0.5" y="0.5" width="13" height="11" rx="1.5" fill="var(--running)" /> : null}
      {state === "pending" ? (
        <rect
          x="1"
          y="1"
          width="12"
          height="10"
          rx="1.5"
          fill="var(--pending-soft)"
          stroke="var(--pending)"
          strokeWidth="1.6"
          strokeDasharray="3 2"
        />
      ) : null}
      {state === "failing" ? <path d="M2 .5h7.5L13.5 4.5V11.5H.5V2Q.5.5 2 .5Z" fill="var(--failing)" /> : null}
      {state === "terminating" ? (
        <>
          <rect
            x="1"
            y="1"
            width="12"
            height="10"
            rx="1.5"
            fill="var(--terminating-soft)"
            stroke="var(--terminating)"
          />
          <path d="M2 8 8 1.5M4 11 12.5 2M9 11l4-4.3" stroke="var(--terminating)" strokeWidth="1.1" />
        </>
      ) : null}
    </svg>
  );
}

export const stateText: Record<VisualState, string> = {
  running: "text-running-text",
  pending: "text-pending-text",
  failing: "text-failing-text",
  terminating: "text-terminating-text",
};
