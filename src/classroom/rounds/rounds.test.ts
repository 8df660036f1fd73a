import { describe, expect, it } from "vitest";
import { makeChaos, withoutFault } from "./chaos";
import type { RoundEvent } from "./events";
import { makeRace } from "./race";

const NAMES: Record<string, string> = { a: "Ada", b: "Ben", c: "Cho" };
const facts = (events: RoundEvent[]) => ({
  ...{ id: "r", classId: "class", events, at: 99_000 },
  nicknameOf: (userId: string) => NAMES[userId],
  labOf: (userId: string) => `lab-${userId}`,
});

const opened: RoundEvent = { at: 0, type: "opened", challengeId: "pods/one", minutes: 5, by: "t" };
const joined = (userId: string, at = 1_000): RoundEvent => ({ at, type: "joined", userId });
const started: RoundEvent = { at: 5_000, type: "started", startsAt: 10_000, endsAt: 310_000 };
const check = (at: number, userId: string, checkId: string): RoundEvent => ({ at, type: "check", userId, checkId });
const finished = (at: number, userId: string): RoundEvent => ({ at, type: "finished", userId });
const places = (events: RoundEvent[]) =>
  makeRace(facts(events), 2).racers.map(({ place, nickname, passed, lastMs, finishedMs }) =>
    [place, nickname, passed, lastMs, finishedMs].join(" "),
  );

describe("a race", () => {
  it("is open for those who opt in, all of them side by side", () => {
    const race = makeRace(facts([opened, joined("b"), joined("a"), joined("stranger")]), 2);
    expect(race).toMatchObject({ phase: "open", challengeId: "pods/one", minutes: 5, joined: 2, finished: 0 });
    expect(race.racers).toEqual([
      { place: 1, userId: "a", nickname: "Ada", labId: "lab-a", passed: 0 },
      { place: 1, userId: "b", nickname: "Ben", labId: "lab-b", passed: 0 },
    ]);
  });

  it("puts those who finished first, then more checks, then earlier ones, counted from the common start", () => {
    expect(
      places([
        ...[opened, joined("a"), joined("b"), joined("c"), started],
        ...[check(12_000, "a", "x"), check(13_000, "b", "x"), check(20_000, "b", "y"), finished(20_000, "b")],
        check(14_000, "c", "x"),
      ]),
    ).toEqual(["1 Ben 2 10000 10000", "2 Ada 1 2000 ", "3 Cho 1 4000 "]);
  });

  it("counts each check once, none before the start, and nothing after the end", () => {
    const events: RoundEvent[] = [
      ...[opened, joined("a"), joined("b"), check(2_000, "a", "early"), started],
      ...[check(11_000, "a", "x"), check(12_000, "a", "x")],
      { at: 15_000, type: "ended", why: "instructor" },
      ...[check(16_000, "b", "x"), finished(16_000, "b")],
    ];
    expect(places(events)).toEqual(["1 Ada 1 1000 ", "2 Ben 0  "]);
    expect(makeRace(facts(events), 2)).toMatchObject({ phase: "ended", why: "instructor", endedAt: 15_000 });
  });

  it("is the same in whatever order its events were read", () => {
    const events = [
      ...[opened, joined("a"), joined("b", 1_001), joined("c", 1_002), started],
      ...[check(12_000, "a", "x"), check(13_000, "b", "x"), check(20_000, "b", "y"), finished(21_000, "b")],
    ];
    const expected = places(events);
    for (let turn = 1; turn < events.length; turn++)
      expect(places([...events.slice(turn), ...events.slice(0, turn)].reverse())).toEqual(expected);
  });
});

describe("chaos", () => {
  const planned: RoundEvent = { at: 0, type: "planned", fault: "bad-image", strikesAt: 1_000, minutes: 10, by: "t" };
  const struck: RoundEvent = { at: 1_000, type: "struck", endsAt: 601_000 };
  const hit = (userId: string): RoundEvent => ({ at: 1_001, type: "hit", userId, labId: userId, fault: "bad-image" });
  const events: RoundEvent[] = [
    ...[planned, struck, hit("a"), hit("b")],
    { at: 1_002, type: "spared", userId: "c", labId: "c" },
    { at: 9_000, type: "recovered", userId: "b" },
  ];

  it("tells who recovered first, and in what time", () => {
    const chaos = makeChaos(facts(events));
    expect(chaos).toMatchObject({ phase: "struck", fault: "bad-image", hit: 2, recovered: 1, endsAt: 601_000 });
    expect(chaos.stricken).toEqual([
      {
        place: 1,
        userId: "b",
        nickname: "Ben",
        labId: "b",
        state: "recovered",
        recoveredMs: 8_000,
        fault: "bad-image",
      },
      { place: 2, userId: "a", nickname: "Ada", labId: "a", state: "hit", fault: "bad-image" },
      { place: 3, userId: "c", nickname: "Cho", labId: "c", state: "spared" },
    ]);
  });

  it("keeps the fault from learners until it is over", () => {
    expect(JSON.stringify(withoutFault(makeChaos(facts(events))))).not.toContain("bad-image");
    const over = makeChaos(facts([...events, { at: 20_000, type: "ended", why: "time" }]));
    expect(withoutFault(over)).toEqual(over);
    expect(over.fault).toBe("bad-image");
  });

  it("takes a lab that was begun anew for given up, whatever comes later", () => {
    const chaos = makeChaos(
      facts([...events, { at: 5_000, type: "gave-up", userId: "a" }, { at: 6_000, type: "recovered", userId: "a" }]),
    );
    expect(chaos.stricken.map(({ nickname, state }) => [nickname, state])).toEqual([
      ["Ben", "recovered"],
      ["Ada", "gave-up"],
      ["Cho", "spared"],
    ]);
  });
});
