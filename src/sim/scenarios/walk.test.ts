import { expect, test } from "vitest";
import { walk } from "./walk";

const OPERATIONS = 60;
/** A walk takes a second on a quiet machine. */
const PATIENCE_MS = 60_000;

// A small share of what `npm run -s walk` does.
test.each([0, 1].map((index) => `workloads-${index}`))(
  "sets, jobs, budgets and quotas keep what they promise: %s",
  (seed) => {
    expect(walk(seed, OPERATIONS)).toEqual([]);
  },
  PATIENCE_MS,
);
