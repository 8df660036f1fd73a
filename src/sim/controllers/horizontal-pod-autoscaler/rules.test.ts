import { describe, expect, test } from "vitest";
import { type Behavior, decisionByBehavior, type Memory, NO_MEMORY, plainDecision } from "./rules";

const NOW = 10_000_000;
const wish = (current: number, desired: number, min = 1, max = 10) => ({ current, desired, min, max, nowMs: NOW });
const recommended = (secondsAgo: number, count: number): Memory => ({
  ...NO_MEMORY,
  recommendations: [{ atMs: NOW - secondsAgo * 1000, count }],
});
const outcome = ({ replicas, limited, reason, stabilized }: ReturnType<typeof plainDecision>) =>
  `${replicas} ${limited} ${reason} ${stabilized?.reason ?? "ReadyForNewScale"}`;

type Case = [what: string, asked: ReturnType<typeof wish>, memory: Memory, wanted: string];
const plain: Case[] = [
  ["what is asked for", wish(2, 3), NO_MEMORY, "3 false DesiredWithinRange ReadyForNewScale"],
  ["at most twice as many", wish(3, 9), NO_MEMORY, "6 true ScaleUpLimit ReadyForNewScale"],
  ["four from one", wish(1, 9), NO_MEMORY, "4 true ScaleUpLimit ReadyForNewScale"],
  ["no more than the maximum", wish(6, 20), NO_MEMORY, "10 true TooManyReplicas ReadyForNewScale"],
  ["no fewer than the minimum", wish(3, 0, 2), NO_MEMORY, "2 true TooFewReplicas ReadyForNewScale"],
  ["the most of five minutes", wish(7, 1), recommended(299, 5), "5 false DesiredWithinRange ScaleDownStabilized"],
  ["less once they are over", wish(7, 1), recommended(301, 5), "1 false DesiredWithinRange ReadyForNewScale"],
];

test.each(plain)("without behaviours: %s", (_what, asked, memory, wanted) => {
  expect(outcome(plainDecision(asked, memory))).toBe(wanted);
});

describe("with behaviours", () => {
  const up = (rules: Partial<Behavior["scaleUp"]> = {}): Behavior => ({
    scaleUp: { stabilizationWindowSeconds: 0, policies: [{ type: "Pods", value: 2, periodSeconds: 60 }], ...rules },
    scaleDown: { policies: [{ type: "Percent", value: 50, periodSeconds: 60 }] },
  });
  const down = (rules: Partial<Behavior["scaleDown"]> = {}): Behavior => ({
    ...up(),
    scaleDown: { ...up().scaleDown, stabilizationWindowSeconds: 0, ...rules },
  });
  const twoCame: Memory = { ...NO_MEMORY, ups: [{ atMs: NOW - 30_000, count: 2 }] };
  const cases: [string, ReturnType<typeof wish>, Behavior, Memory, string][] = [
    ["two pods a minute", wish(3, 9), up(), NO_MEMORY, "5 true ScaleUpLimit ReadyForNewScale"],
    ["none where two came just now", wish(5, 9), up(), twoCame, "5 true ScaleUpLimit ReadyForNewScale"],
    ["up never", wish(3, 9), up({ selectPolicy: "Disabled" }), NO_MEMORY, "3 true ScaleUpLimit ReadyForNewScale"],
    [
      "only as far as in the whole window",
      wish(3, 9),
      up({ stabilizationWindowSeconds: 60 }),
      recommended(30, 4),
      "4 false DesiredWithinRange ScaleUpStabilized",
    ],
    ["half at most", wish(8, 1), down(), NO_MEMORY, "4 true ScaleDownLimit ReadyForNewScale"],
    ["down never", wish(8, 1), down({ selectPolicy: "Disabled" }), NO_MEMORY, "8 true ScaleDownLimit ReadyForNewScale"],
    ["to the minimum", wish(2, 1, 2), down(), NO_MEMORY, "2 true TooFewReplicas ReadyForNewScale"],
  ];
  test.each(cases)("%s", (_what, asked, rules, memory, wanted) => {
    expect(outcome(decisionByBehavior(asked, rules, memory))).toBe(wanted);
  });
});
