import { describe, expect, it } from "vitest";
import { type BoardEvent, makeBoard } from "./board";
import { DEFAULT_RULES, type ScoringRules, worthOf } from "./rules";

const fact = (userId: string, kind: BoardEvent["kind"], points: number, at: number, subject: string): BoardEvent => ({
  kind,
  userId,
  challengeId: "t/c",
  subject,
  points,
  at,
});
const ranks = (board: ReturnType<typeof makeBoard>) => board.rows.map((row) => [row.rank, row.nickname, row.points]);
const people = ["ann", "bob", "cid", "dan"];
const learners = people.map((nickname) => ({ userId: nickname, nickname, team: nickname < "c" ? "red" : "blue" }));
const solved = people.flatMap((who, index) => [
  fact(who, "check", 100, index, "check/t/c/a"),
  { ...fact(who, "solve", 0, index, "solve/t/c"), elapsedMs: index * 60_000 },
]);
const board = (changes: Partial<ScoringRules>, events: BoardEvent[] = solved, more: object = {}) =>
  makeBoard({ classId: "k", learners, events, at: 99, rules: { ...DEFAULT_RULES, ...changes }, ...more });

describe("a board by the rules of its class", () => {
  it("adds what the first blood is worth, once", () => {
    expect(ranks(board({ firstBlood: 25 })).slice(0, 2)).toEqual([
      [1, "ann", 125],
      [2, "bob", 100],
    ]);
  });

  it("adds a bonus for time that runs out with the estimate", () => {
    const bonus = board({ timeBonus: 30 }, solved, { estimateMs: () => 120_000 });
    expect(ranks(bonus).map(([, , points]) => points)).toEqual([130, 115, 100, 100]);
  });

  it("lets a challenge be worth less the more solve it, for all of them alike", () => {
    const dynamic = { floorPercent: 50, solvers: 4 };
    expect(ranks(board({ dynamic })).map(([, , points]) => points)).toEqual([50, 50, 50, 50]);
    expect(ranks(board({ dynamic }, solved.slice(0, 4))).map(([, , points]) => points)).toEqual([94, 94, 0, 0]);
    expect(worthOf(99, { dynamic })).toBe(0.5);
  });

  it("counts for a team what one of it did, once", () => {
    expect(ranks(board({ teams: true, firstBlood: 5 }))).toEqual([
      [1, "red", 105],
      [2, "blue", 100],
    ]);
  });

  it("shares ranks where the class wants that, and leaves the cost of hints out", () => {
    const hinted = [...solved, fact("ann", "hint", -10, 50, "hint/t/c/0")];
    expect(ranks(board({ ties: "shared", hintCosts: false }, hinted)).map(([rank]) => rank)).toEqual([1, 1, 1, 1]);
    expect(ranks(board({}, hinted)).at(-1)).toEqual([4, "ann", 90]);
  });

  it("does not count what is not to be counted, nor anything twice", () => {
    const points = (one: ReturnType<typeof makeBoard>) => ranks(one).map(([, , value]) => value);
    expect(points(board({}, solved, { countsUntil: () => 1 }))).toEqual([100, 100, 0, 0]);
    expect(points(board({}, [...solved, ...solved]))).toEqual([100, 100, 100, 100]);
  });

  it("is the same in whatever order the ledger got facts of one moment", () => {
    const hash = (text: string) => [...text].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 65_521, 7);
    const rules = { timeBonus: 9, dynamic: { floorPercent: 10, solvers: 3 } };
    const want = board(rules, solved, { estimateMs: () => 200_000 });
    for (let seed = 1; seed < 50; seed++) {
      const order = (event: BoardEvent) => hash(`${seed}${event.userId}${event.subject}`);
      const shuffled = [...solved].sort((a, b) => a.at - b.at || order(a) - order(b));
      expect(board(rules, shuffled, { estimateMs: () => 200_000 })).toEqual(want);
    }
  });
});
