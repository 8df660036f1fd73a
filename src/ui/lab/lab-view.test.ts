import { describe, expect, it } from "vitest";
import type { ClusterEventView, LabState, MapObject } from "@/server/realtime/protocol";
import { regionToward } from "./focus";
import { emptyView, knownKey, labNowMs, mergeEvents, withChecks, withDelta, withState } from "./lab-view";
import { learningOrder, nextAfter, starsOf } from "./outcome";

const pod = (name: string, status = "Running") =>
  ({ key: `pods/default/${name}`, resource: "pods", kind: "Pod", name, status }) as MapObject;
const event = (key: string, atMs: number, count = 1) => ({ key, atMs, count }) as ClusterEventView;
const state = (objects: MapObject[]): LabState => ({
  labId: "lab",
  time: { nowMs: 1000, speed: 1 },
  objects,
  events: [],
  terminals: ["1"],
  canUndo: false,
  hintsTaken: 0,
  answers: {},
  handRaised: false,
});

describe("a lab's view", () => {
  it("takes deltas over the state, and keeps objects that did not change", () => {
    const before = withState(emptyView("lab"), state([pod("a"), pod("b")]), 0);
    const after = withDelta(
      before,
      { labId: "lab", changed: [pod("c")], removed: ["pods/default/a"], events: [], time: { nowMs: 2000, speed: 1 } },
      500,
    );
    expect([...after.objects.keys()]).toEqual(["pods/default/b", "pods/default/c"]);
    expect(after.objects.get("pods/default/b")).toBe(before.objects.get("pods/default/b"));
    expect(after.canUndo).toBe(false);
  });

  it("can be undone once something that the learner entered has changed it", () => {
    const acted = { ...withState(emptyView("lab"), state([]), 0), acted: true };
    const time = { nowMs: 2000, speed: 1 };
    expect(withDelta(acted, { labId: "lab", changed: [], removed: [], events: [], time }, 0).canUndo).toBe(false);
    expect(withDelta(acted, { labId: "lab", changed: [pod("a")], removed: [], events: [], time }, 0).canUndo).toBe(
      true,
    );
  });

  it("replaces a repeated event and puts the newest first", () => {
    expect(mergeEvents([event("x", 1), event("y", 2)], [event("x", 3, 2)])).toEqual([event("x", 3, 2), event("y", 2)]);
  });

  it("runs the clock between messages at the lab's speed, and not at all while paused", () => {
    expect(labNowMs({ time: { nowMs: 1000, speed: 2 }, timeReceivedAt: 100 }, 350)).toBe(1500);
    expect(labNowMs({ time: { nowMs: 1000, speed: 0 }, timeReceivedAt: 100 }, 350)).toBe(1000);
  });

  it("remembers which checks turned green and when the lab was solved", () => {
    const report = { challenge: "a/b", version: 1, atMs: 77, checks: [], points: 1, maxPoints: 1, passed: true };
    const view = withChecks(emptyView("lab"), { labId: "lab", report, newlyPassed: ["up"], solved: true });
    expect(view).toMatchObject({ fresh: ["up"], solvedAtMs: 77, report });
  });

  it("finds objects under either form of their resource's name", () => {
    const objects = new Map([["deployments.apps/default/web", pod("web")]]);
    expect(knownKey(objects, "deployments/default/web")).toBe("deployments.apps/default/web");
    expect(knownKey(objects, "pods/default/web")).toBe("pods/default/web");
  });
});

it.each([
  ["brief", "ArrowRight", "work"],
  ["work", "ArrowLeft", "brief"],
  ["brief", "ArrowLeft", "brief"],
  ["cluster", "ArrowDown", "cluster"],
] as const)("from %s, %s leads to %s", (from, key, to) => {
  expect(regionToward(from, key)).toBe(to);
});

it.each([
  [5, 10, 0, 3],
  [15, 10, 0, 2],
  [15, 10, 2, 1],
  [undefined, 10, 0, 3],
])("%s of %s minutes with %s hints earn %s stars", (taken, estimated, hints, stars) => {
  expect(starsOf(taken, estimated, hints)).toBe(stars);
});

it("goes on with what is not solved, round the catalogue", () => {
  const list = [
    { id: "a", state: "new" },
    { id: "b", state: "started" },
    { id: "c", state: "solved" },
  ];
  expect(nextAfter(list, "b")?.id).toBe("a");
  expect(nextAfter(list, "a")?.id).toBe("b");
  expect(nextAfter([{ id: "a", state: "new" }], "a")).toBeUndefined();
});

it("orders the catalogue as one would learn it", () => {
  const challenge = (
    id: string,
    difficulty: "easy" | "medium" | "hard",
    minutes: number,
    ...prerequisites: string[]
  ) => ({
    id,
    difficulty,
    minutes,
    prerequisites,
  });
  const order = (...list: ReturnType<typeof challenge>[]) => learningOrder(list).map(({ id }) => id);
  expect(
    order(
      challenge("tls", "medium", 20, "probe"),
      challenge("probe", "medium", 25, "gone"),
      challenge("nginx", "easy", 10),
    ),
  ).toEqual(["nginx", "probe", "tls"]);
  expect(order(challenge("a", "easy", 1, "b"), challenge("b", "easy", 2, "a"))).toEqual(["a", "b"]);
});
