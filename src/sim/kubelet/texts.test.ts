import { expect, test } from "vitest";
import { goDuration } from "../kernel/go-duration";
import { nextBackoff, restartWaitMs } from "./backoff";
import { expand } from "./expansion";

test.each([
  [0, "0s"],
  [456, "456ms"],
  [1200, "1.2s"],
  [62_345, "1m2.345s"],
  [300_000, "5m0s"],
  [3_661_000, "1h1m1s"],
])("%d ms is %s", (ms, text) => {
  expect(goDuration(ms)).toBe(text);
});

test.each([
  ["plain", "plain"],
  ["$(A)$(B)", "1$(B)"],
  ["$$(A)", "$(A)"],
  ["$$$(A)", "$1"],
  ["cost: $5, $(A", "cost: $5, $(A"],
])("%s expands to %s", (text, expanded) => {
  expect(expand(text, (name) => (name === "A" ? "1" : undefined))).toBe(expanded);
});

test("back-off doubles from 10 s to 300 s, and counts from the container's end", () => {
  let backoff = nextBackoff(undefined, 0, 0);
  const delays = [backoff.delayMs];
  for (let step = 1; step < 7; step++) {
    backoff = nextBackoff(backoff, step * 1000, step * 1000);
    delays.push(backoff.delayMs);
  }
  expect(delays).toEqual([10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000]);
  expect(restartWaitMs(backoff, 10_000, 15_000)).toBe(295_000);
  expect(restartWaitMs(backoff, 700_000, 700_000)).toBe(0);
});
