import { describe, expect, it } from "vitest";
import type { GradeReport } from "@/grading/report";
import { type BoardEvent, makeBoard } from "./board";
import { scoreHint, scoreReport } from "./scoring";
import { IDLE_AFTER_MS, makeTile, STUCK_AFTER_MS, sortTiles, type TileFacts } from "./tiles";

function report(passed: Record<string, boolean>): GradeReport {
  const checks = Object.entries(passed).map(([id, ok]) => ({
    id,
    passed: ok,
    points: ok ? 10 : 0,
    maxPoints: 10,
    causes: [],
  }));
  return {
    challenge: "t/c",
    version: 1,
    atMs: 0,
    checks,
    points: 0,
    maxPoints: 0,
    passed: checks.every((check) => check.passed),
  };
}

describe("scoring", () => {
  it("earns each check once, and the solve with the last of them", () => {
    const first = scoreReport(report({ a: true, b: false }), new Set());
    expect(first).toEqual([{ kind: "check", challengeId: "t/c", subject: "check/t/c/a", points: 10 }]);
    expect(scoreReport(report({ a: true, b: true }), new Set(["check/t/c/a"]))).toEqual([
      { kind: "check", challengeId: "t/c", subject: "check/t/c/b", points: 10 },
      { kind: "solve", challengeId: "t/c", subject: "solve/t/c", points: 0 },
    ]);
  });

  it("takes a hint's cost once", () => {
    const hint = { kind: "hint", challengeId: "t/c", subject: "hint/t/c/0", points: -2 };
    expect(scoreHint("t/c", 0, 2, new Set())).toEqual([hint]);
    expect(scoreHint("t/c", 0, 2, new Set(["hint/t/c/0"]))).toEqual([]);
    expect(scoreHint("t/c", 1, 0, new Set())[0]!.points).toBe(0);
  });
});

describe("the board", () => {
  const learners = ["ann", "bob", "cid"].map((nickname) => ({ userId: nickname, nickname }));
  const check = (userId: string, points: number, at: number): BoardEvent => ({
    kind: "check",
    userId,
    challengeId: "t/c",
    subject: `check/t/c/${at}`,
    points,
    at,
  });
  const solve = (userId: string, at: number): BoardEvent => ({
    kind: "solve",
    userId,
    challengeId: "t/c",
    subject: "solve/t/c",
    points: 0,
    at,
  });

  it("ranks by points, then by who had them first, and tells first bloods", () => {
    const events = [
      check("bob", 10, 1),
      check("ann", 10, 2),
      solve("ann", 2),
      solve("bob", 3),
      check("stranger", 99, 4),
    ];
    expect(makeBoard({ classId: "k", learners, events, at: 9 })).toEqual({
      classId: "k",
      at: 9,
      rows: [
        { rank: 1, userId: "bob", nickname: "bob", points: 10, solved: 1, firstBloods: 0, lastSolveAt: 3 },
        { rank: 2, userId: "ann", nickname: "ann", points: 10, solved: 1, firstBloods: 1, lastSolveAt: 2 },
        { rank: 3, userId: "cid", nickname: "cid", points: 0, solved: 0, firstBloods: 0 },
      ],
      recent: [
        { at: 3, nickname: "bob", challenge: "t/c", firstBlood: false },
        { at: 2, nickname: "ann", challenge: "t/c", firstBlood: true },
      ],
    });
  });

  it("shows nothing that came after it was frozen", () => {
    const events = [check("ann", 5, 1), check("bob", 50, 10)];
    const board = makeBoard({ classId: "k", learners, events, at: 20, frozenAt: 5 });
    expect(board.rows.map((row) => [row.nickname, row.points])).toEqual([
      ["ann", 5],
      ["bob", 0],
      ["cid", 0],
    ]);
    expect(board.rows.map((row) => row.rank)).toEqual([1, 2, 2]);
  });
});

describe("tiles", () => {
  const now = 10 * 3600_000;
  const facts = (changes: Partial<TileFacts>): TileFacts => ({
    userId: "u",
    nickname: "u",
    labId: "l",
    checks: [true, false],
    points: 0,
    lastActiveAt: now,
    lastProgressAt: now,
    online: true,
    handRaised: false,
    ...changes,
  });

  it.each([
    ["working", {}],
    ["idle", { lastActiveAt: now - IDLE_AFTER_MS }],
    ["idle", { online: false }],
    ["stuck", { lastProgressAt: now - STUCK_AFTER_MS }],
    ["idle", { lastProgressAt: now - STUCK_AFTER_MS, lastActiveAt: now - IDLE_AFTER_MS }],
    ["finished", { checks: [true, true], online: false }],
    ["hand-raised", { checks: [true, true], handRaised: true }],
  ] as const)("say %s of %o", (state, changes) => {
    expect(makeTile(facts(changes as Partial<TileFacts>), now).state).toBe(state);
  });

  it("come in the order in which help is needed", () => {
    const states = [{}, { handRaised: true }, { checks: [true] }, { online: false }, { lastProgressAt: 0 }];
    expect(sortTiles(states.map((changes) => makeTile(facts(changes), now))).map((tile) => tile.state)).toEqual([
      "hand-raised",
      "stuck",
      "working",
      "idle",
      "finished",
    ]);
  });
});
