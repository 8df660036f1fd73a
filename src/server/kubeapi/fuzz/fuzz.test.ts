import { expect, test } from "vitest";
import { fuzz } from "./run";

/** `npm run -s fuzz` goes much further. */
const REQUESTS = 500;
const PATIENCE_MS = 120_000;

test(
  "random requests, valid, broken, huge and hostile, get a proper answer each and leave a sound cluster",
  async () => {
    const { requests, findings } = await fuzz({ requests: REQUESTS, seed: "test" });
    expect({ requests, findings }).toEqual({ requests: REQUESTS, findings: [] });
  },
  PATIENCE_MS,
);

// What was found once.
test.each(["fuzz/4", "fuzz/5", "s6/27"])(
  "nothing is found again: %s",
  async (seed) => {
    expect((await fuzz({ requests: 250, seed })).findings).toEqual([]);
  },
  PATIENCE_MS,
);
