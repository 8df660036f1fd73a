import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Chaos, Race } from "../realtime/protocol";
import { type PageSocket, type Site, startSite, type Visitor } from "../testing/site";
import { Rounds } from "./rounds";

const challengeId = "tests/make-map";
let site: Site;
let teacher: Visitor;
let classId: string;
const learners: Record<string, { visitor: Visitor; userId: string; page: PageSocket; told: (Race | Chaos)[] }> = {};

beforeAll(async () => {
  site = await startSite();
  teacher = site.visitor();
  await teacher.api.auth.signUp({ username: "teacher", password: "correct horse" });
  const made = await teacher.api.classes.create({ name: "Harbour" });
  classId = made.id;
  await teacher.api.assignments.add({ classId, challengeId });
  for (const nickname of ["Ann", "Ben", "Cid"]) {
    const visitor = site.visitor();
    const { id: userId } = await visitor.api.auth.guest({});
    await visitor.api.classes.join({ joinCode: made.joinCode, nickname });
    const page = await visitor.connect();
    const told: (Race | Chaos)[] = [];
    page.socket.on("class:round", (round) => told.push(round));
    await page.ask("rounds:watch", { classId });
    learners[nickname] = { visitor, userId, page, told };
  }
});
afterAll(async () => {
  for (const { page } of Object.values(learners)) page.close();
  await site?.close();
});

const labsOf = async (roundId: string) =>
  new Map((await site.app.services.db.lab.findMany({ where: { roundId } })).map((lab) => [lab.ownerId, lab]));
const settled = async () => {
  await site.app.services.labs.settled();
  await site.app.services.rounds.settled();
};
const latest = (nickname: string) => learners[nickname]!.told.at(-1);

describe("a race", () => {
  let roundId: string;

  it("gathers those who opt in, and holds them until all may begin", async () => {
    ({ roundId } = await teacher.api.rounds.openRace({ classId, challengeId, minutes: 10 }));
    await learners.Ann!.visitor.api.rounds.joinRace({ roundId });
    await learners.Ben!.visitor.api.rounds.joinRace({ roundId });
    await teacher.api.rounds.startRace({ roundId, countdownSeconds: 60 });
    const labs = await labsOf(roundId);
    expect([...labs.keys()].sort()).toEqual([learners.Ann!.userId, learners.Ben!.userId].sort());
    expect(new Set([...labs.values()].map(({ seed }) => seed)).size).toBe(1);
    const { page, userId } = learners.Ann!;
    const labId = labs.get(userId)!.id;
    expect(await page.ask("lab:open", { labId })).toMatchObject({ ok: true });
    expect(await page.ask("checks:run", { labId })).toMatchObject({
      ok: false,
      error: { code: "FORBIDDEN", message: "The race begins in a moment." },
    });
  });

  it("moves positions as checks pass, and is over when all have finished", async () => {
    // The countdown is over.
    const [held] = [...(site.app.services.rounds as any).held.values()];
    const started = held.events.find(({ type }: { type: string }) => type === "started");
    started.startsAt = started.at;
    await site.app.services.db.roundEvent.updateMany({
      where: { roundId, subject: "started" },
      data: { data: started },
    });
    const labs = await labsOf(roundId);
    const labOf = (nickname: string) => labs.get(learners[nickname]!.userId)!.id;
    for (const nickname of ["Ann", "Ben"]) await site.app.services.labs.state(labOf(nickname));
    site.pool.report(labOf("Ben"), { "map-exists": true });
    await settled();
    await expect
      .poll(() =>
        (latest("Cid") as Race | undefined)?.racers.map(({ place, nickname, passed }) => [place, nickname, passed]),
      )
      .toEqual([
        [1, "Ben", 1],
        [2, "Ann", 0],
      ]);
    for (const nickname of ["Ann", "Ben"]) {
      site.pool.report(labOf(nickname), { "map-exists": true, "port-known": true });
      await settled();
    }
    await expect.poll(() => latest("Cid")).toMatchObject({ phase: "ended", why: "all", finished: 2 });
    expect((latest("Cid") as Race).racers.map(({ nickname }) => nickname)).toEqual(["Ann", "Ben"]);
    await expect(learners.Cid!.visitor.api.rounds.joinRace({ roundId })).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it("is the same after a restart, from its events alone", async () => {
    const { db, catalogue, labs } = site.app.services;
    const ended = (await site.app.services.rounds.current(classId, true))[0] as Race;
    await db.round.update({ where: { id: roundId }, data: { endedAt: null } });
    const again = new Rounds(db, catalogue, labs);
    await again.load();
    expect({ ...(await again.current(classId, true))[0], at: 0 }).toEqual({ ...ended, at: 0 });
    again.close();
    await db.round.update({ where: { id: roundId }, data: { endedAt: new Date() } });
  });

  it("is won by nobody's name where a class wants no ranking", async () => {
    await teacher.api.classes.settings({ classId, leaderboard: false });
    const seen = (await learners.Ann!.visitor.api.rounds.current({ classId })) as Race[];
    expect(seen[0]!.racers.map(({ nickname, place }) => [nickname, place])).toEqual([
      ["", 0],
      ["", 0],
    ]);
    await teacher.api.classes.settings({ classId, leaderboard: true });
  });
});

describe("chaos", () => {
  it("strikes the lab that each learner is in, tells them that and not what, and who recovers first", async () => {
    for (const { visitor } of Object.values(learners)) await visitor.api.labs.start({ challengeId, classId });
    const { roundId } = await teacher.api.rounds.chaos({ classId, fault: "kill-pods", minutes: 5 });
    await expect.poll(() => latest("Ann")).toMatchObject({ kind: "chaos", phase: "struck", hit: 3, recovered: 0 });
    expect(JSON.stringify(learners.Ann!.told.filter(({ id }) => id === roundId))).not.toContain("kill-pods");
    const struck = (await teacher.api.rounds.current({ classId })).find(({ id }) => id === roundId) as Chaos;
    expect(struck.fault).toBe("kill-pods");
    const labOf = (nickname: string) => struck.stricken.find((one) => one.nickname === nickname)!.labId;
    site.pool.events.emit("mended", { labId: labOf("Ben"), roundId, how: "recovered" });
    await settled();
    site.pool.events.emit("mended", { labId: labOf("Cid"), roundId, how: "gave-up" });
    await settled();
    await expect
      .poll(() => (latest("Ann") as Chaos).stricken.map(({ nickname, state }) => [nickname, state]))
      .toEqual([
        ["Ben", "recovered"],
        ["Ann", "hit"],
        ["Cid", "gave-up"],
      ]);
    await teacher.api.rounds.end({ roundId });
    await expect.poll(() => latest("Ann")).toMatchObject({ phase: "ended", fault: "kill-pods", recovered: 1 });
  });

  it("strikes by the clock, and not at all where it was called off", async () => {
    const soon = await teacher.api.rounds.chaos({ classId, fault: "any", minutes: 5, inMinutes: 0.005 });
    const never = await teacher.api.rounds.chaos({ classId, fault: "any", minutes: 5, inMinutes: 0.02 });
    await teacher.api.rounds.end({ roundId: never.roundId });
    const phaseOf = async (roundId: string) =>
      (await teacher.api.rounds.current({ classId })).find(({ id }) => id === roundId) as Chaos | undefined;
    await expect.poll(async () => (await phaseOf(soon.roundId))?.phase).toBe("struck");
    await new Promise((resolve) => setTimeout(resolve, 1_300));
    expect((await phaseOf(never.roundId))?.struckAt).toBeUndefined();
  });
});
