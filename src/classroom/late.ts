import { z } from "zod";

/** What becomes of work after the due time, until the assignment closes. */
export const latePolicy = z
  .object({
    /** Minutes after the due time that nobody counts. */
    graceMinutes: z.number().int().min(0).max(10_080).default(0),
    /** What each begun day costs, in percent of the points. */
    percentPerDay: z.number().int().min(0).max(100).default(0),
    /** Late work is worth this much at the least, in percent. */
    floorPercent: z.number().int().min(0).max(100).default(0),
  })
  .strict();

export type LatePolicy = z.infer<typeof latePolicy>;

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

export interface Deadline {
  dueMs?: number | undefined;
  closesMs?: number | undefined;
  late: LatePolicy;
}

/** The share of its points that work of this moment is worth: 1 in time, 0 once the assignment is closed. */
export function shareAt(atMs: number, { dueMs, closesMs, late }: Deadline): number {
  if (closesMs !== undefined && atMs > closesMs) return 0;
  if (dueMs === undefined) return 1;
  const overMs = atMs - dueMs - late.graceMinutes * MINUTE_MS;
  if (overMs <= 0) return 1;
  const percent = 100 - Math.ceil(overMs / DAY_MS) * late.percentPerDay;
  return Math.max(late.floorPercent, percent, 0) / 100;
}
