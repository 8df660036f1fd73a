import { describe, expect, it } from "vitest";
import { exportGrades } from "./exports";
import { type GradebookInput, makeGradebook } from "./gradebook";
import { latePolicy, shareAt } from "./late";
import { parseRoster } from "./roster";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const late = latePolicy.parse({ graceMinutes: 10, percentPerDay: 10, floorPercent: 50 });

describe("lateness", () => {
  it.each([
    [0, 1],
    [10 * 60_000, 1],
    [10 * 60_000 + 1, 0.9],
    [DAY + 10 * 60_000, 0.9],
    [2 * DAY, 0.8],
    [30 * DAY, 0.5],
    [41 * DAY, 0],
  ])("takes its share %i ms after the due time", (afterMs, share) => {
    expect(shareAt(DAY + afterMs, { dueMs: DAY, closesMs: 41 * DAY, late })).toBe(share);
  });

  it("does not exist without a due time", () => {
    expect(shareAt(99 * DAY, { late })).toBe(1);
  });
});

const input = (changes: Partial<GradebookInput> = {}): GradebookInput => ({
  assignments: [
    { challengeId: "t/a", title: "A", maxPoints: 30, graded: true, dueMs: DAY, late },
    { challengeId: "t/b", title: "B, or not", maxPoints: 10, graded: false, late },
  ],
  learners: [
    {
      userId: "u1",
      nickname: "ada",
      fullName: "Ada King Lovelace",
      email: "ada@example.org",
      externalId: "7",
      section: "A",
    },
    { userId: "u2", nickname: "=lin" },
  ],
  checks: [
    { userId: "u1", challengeId: "t/a", checkId: "x", maxPoints: 20, passedAt: HOUR },
    { userId: "u1", challengeId: "t/a", checkId: "x", maxPoints: 20, passedAt: 3 * DAY },
    { userId: "u1", challengeId: "t/a", checkId: "y", maxPoints: 10, passedAt: 2 * DAY },
    { userId: "u2", challengeId: "t/a", checkId: "x", maxPoints: 20 },
    { userId: "u2", challengeId: "t/b", checkId: "z", maxPoints: 10, passedAt: 1 },
  ],
  hints: [{ userId: "u1", challengeId: "t/a", cost: 5, at: 0 }],
  overrides: [],
  ...changes,
});

describe("the gradebook", () => {
  it("gives partial credit: the first time of each check, less hints and lateness", () => {
    const [ada, lin] = makeGradebook(input()).rows;
    expect(ada!.cells[0]).toEqual({
      points: 24,
      maxPoints: 30,
      earned: 24,
      checksPassed: 2,
      state: "full",
      late: true,
      hints: 1,
    });
    expect({ points: ada!.points, maxPoints: ada!.maxPoints, percent: ada!.percent }).toEqual({
      points: 24,
      maxPoints: 30,
      percent: 80,
    });
    expect(lin!.cells.map((cell) => [cell.points, cell.state])).toEqual([
      [0, "none"],
      [10, "full"],
    ]);
    expect(lin!.points).toBe(0);
  });

  it("lets an override stand above the checks until it is taken back", () => {
    const word = (points: number | null, at: number) => ({
      userId: "u2",
      challengeId: "t/a",
      points,
      reason: "shown at the board",
      by: "teacher",
      at,
    });
    const cell = (overrides: ReturnType<typeof word>[]) => makeGradebook(input({ overrides })).rows[1]!.cells[0]!;
    expect(cell([word(12, 1), word(15, 2)])).toMatchObject({ points: 15, earned: 0, override: { points: 15, at: 2 } });
    expect(cell([word(12, 1), word(null, 2)])).toMatchObject({ points: 0 });
    expect(cell([word(12, 1), word(null, 2)]).override).toBeUndefined();
  });

  it("is written in the columns of each platform, and no name becomes a formula", () => {
    const book = makeGradebook(input());
    expect(exportGrades(book, "canvas").split("\r\n")).toEqual([
      'Student,ID,SIS User ID,SIS Login ID,Section,A,"B, or not"',
      '"    Points Possible",,,,,30,10',
      '"Lovelace, Ada King",,7,ada@example.org,A,24,0',
      '"\'=lin",,,,,0,10',
    ]);
    expect(exportGrades(book, "moodle").split("\r\n").slice(0, 2)).toEqual([
      'First name,Last name,ID number,Email address,Assignment: A (Real),"Assignment: B, or not (Real)"',
      "Ada King,Lovelace,7,ada@example.org,24,0",
    ]);
    expect(exportGrades(book, "google-classroom").split("\r\n").slice(0, 3)).toEqual([
      'Last Name,First Name,Email Address,A,"B, or not"',
      "Points,,,30,10",
      "Lovelace,Ada King,ada@example.org,24,0",
    ]);
    expect(exportGrades(book, "plain").split("\r\n")[1]).toBe(
      "ada,Ada King Lovelace,ada@example.org,7,A,24,0,24,30,80",
    );
  });
});

describe("a roster", () => {
  it("is read with the columns that schools have", () => {
    expect(
      parseRoster("First Name;Last Name;Email Address;Section\nAda;Lovelace;ada@example.org;A\n\nLin;;;\n"),
    ).toEqual({
      ok: true,
      entries: [
        { nickname: "Ada Lovelace", fullName: "Ada Lovelace", email: "ada@example.org", section: "A" },
        { nickname: "Lin", fullName: "Lin" },
      ],
    });
  });

  it("is refused with every problem in its line", () => {
    expect(parseRoster("Name,Email\nAda,ada\nada,\n,x@y")).toEqual({
      ok: false,
      problems: [
        { line: 2, message: "is no e-mail address: ada" },
        { line: 3, message: "has the same nickname as line 2: ada" },
        { line: 4, message: "has no name" },
      ],
    });
    expect(parseRoster("Foo\n1").ok).toBe(false);
    expect(parseRoster("Name\n").ok).toBe(false);
    expect(parseRoster(`Name\n${Array.from({ length: 501 }, (_, index) => `n${index}`).join("\n")}`).ok).toBe(false);
  });
});
