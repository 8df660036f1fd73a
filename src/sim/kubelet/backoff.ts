import type { Backoff } from "./records";
import { BACKOFF_BASE_MS, BACKOFF_LIMIT_MS, BACKOFF_RESET_MS } from "./timing";

const expired = (backoff: Backoff, eventMs: number): boolean => eventMs - backoff.updatedMs > BACKOFF_RESET_MS;

/** How long a restart must still wait, counted from when the container ended. */
export function restartWaitMs(backoff: Backoff | undefined, exitedMs: number, nowMs: number): number {
  if (!backoff || expired(backoff, exitedMs)) return 0;
  return Math.max(0, exitedMs + backoff.delayMs - nowMs);
}

/** How long a pull must still wait, counted from the last failure. */
export function pullWaitMs(backoff: Backoff | undefined, nowMs: number): number {
  if (!backoff || expired(backoff, nowMs)) return 0;
  return Math.max(0, backoff.updatedMs + backoff.delayMs - nowMs);
}

/** 10 s at first, doubled up to 300 s, from the beginning again after ten quiet minutes. */
export function nextBackoff(backoff: Backoff | undefined, eventMs: number, nowMs: number): Backoff {
  if (!backoff || expired(backoff, eventMs)) return { delayMs: BACKOFF_BASE_MS, updatedMs: nowMs };
  return { delayMs: Math.min(backoff.delayMs * 2, BACKOFF_LIMIT_MS), updatedMs: nowMs };
}
