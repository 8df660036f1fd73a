import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Site, startSite, type Visitor } from "../testing/site";

let site: Site;
let teacher: Visitor;
let classId: string;
let joinCode: string;

beforeAll(async () => {
  site = await startSite();
  teacher = site.visitor();
  await teacher.api.auth.signUp({ username: "teacher", password: "correct horse" });
  ({ id: classId, joinCode } = await teacher.api.classes.create({ name: "Harbour", nickname: "Teacher" }));
  await teacher.api.assignments.add({ classId, challengeId: "tests/make-map" });
});
afterAll(() => site?.close());

async function learner(nickname: string): Promise<Visitor> {
  const visitor = site.visitor();
  await visitor.api.auth.guest({});
  await visitor.api.classes.join({ joinCode: ` ${joinCode.toLowerCase().slice(0, 3)}-${joinCode.slice(3)}`, nickname });
  return visitor;
}

async function report(labId: string, passed: Record<string, boolean>): Promise<void> {
  site.pool.report(labId, passed);
  await site.app.services.labs.settled();
}

describe("a class", () => {
  it("is joined with a code, typed as people type, under a nickname of one's own", async () => {
    const visitor = await learner("Ann");
    expect((await visitor.api.classes.list())[0]).toMatchObject({
      id: classId,
      role: "learner",
      nickname: "Ann",
      joinCode: undefined,
    });
    const other = site.visitor();
    await other.api.auth.guest({});
    await expect(other.api.classes.join({ joinCode, nickname: "Ann" })).rejects.toMatchObject({ code: "CONFLICT" });
    await teacher.api.classes.settings({ classId, joinable: false });
    await expect(other.api.classes.join({ joinCode, nickname: "Late" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await teacher.api.classes.settings({ classId, joinable: true });
  });

  it("keeps an instructor", async () => {
    const me = (await teacher.api.auth.me())!.id;
    await expect(teacher.api.classes.setRole({ classId, userId: me, role: "learner" })).rejects.toMatchObject({
      code: "CONFLICT",
    });
    await expect(teacher.api.classes.remove({ classId, userId: me })).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it("shows a learner's work live: tile, checks, board, points that count once", async () => {
    const ben = await learner("Ben");
    const room = await teacher.connect();
    const watched = await room.ask("class:watch", { classId });
    expect(watched).toMatchObject({ ok: true });
    const tiles: any[] = [];
    const boards: any[] = [];
    room.socket.on("class:tile", (tile) => tiles.push(tile));
    room.socket.on("class:board", (board) => boards.push(board));

    const { labId } = await ben.api.labs.start({ challengeId: "tests/make-map", classId });
    expect(await ben.api.labs.start({ challengeId: "tests/make-map", classId })).toEqual({ labId });
    const page = await ben.connect();
    const opened = await page.ask("lab:open", { labId });
    expect(opened).toMatchObject({
      ok: true,
      data: { labId, challenge: "tests/make-map", hintsTaken: 0, answers: {} },
    });
    const checks: any[] = [];
    page.socket.on("checks", (message) => checks.push(message));
    site.pool.events.emit("command", { labId, line: "kubectl create configmap harbour" });
    await report(labId, { "map-exists": true });
    await report(labId, { "map-exists": false });
    await report(labId, { "map-exists": true, "port-known": true });
    expect(await page.ask("hint:take", { labId, language: "zh-TW" })).toEqual({
      ok: true,
      data: { index: 0, text: "## Look\nTry `kubectl create configmap`.", cost: 1 },
    });
    expect(await page.ask("hint:take", { labId })).toMatchObject({ ok: false, error: { code: "NOT_FOUND" } });

    await expect
      .poll(() => boards.at(-1)?.rows.find((row: any) => row.nickname === "Ben"))
      .toMatchObject({ points: 14, solved: 1, firstBloods: 1, rank: 1 });
    await expect
      .poll(() => tiles.filter((tile) => tile.nickname === "Ben").at(-1))
      .toMatchObject({
        checks: [true, true],
        points: 14,
        lastCommand: "kubectl create configmap harbour",
        state: "finished",
        online: true,
        labId,
      });
    expect(checks.map((message) => [message.newlyPassed, message.solved])).toEqual([
      [["map-exists"], false],
      [[], false],
      [["port-known"], true],
    ]);
    expect((await ben.api.challenges.list({ classId }))[0]).toMatchObject({ state: "solved", myPoints: 15 });
    expect((await ben.api.challenges.get({ id: "tests/make-map" })).debrief).toBe("Well done.");

    // Another try of the same challenge earns nothing more.
    await ben.api.labs.close({ labId });
    const second = await ben.api.labs.start({ challengeId: "tests/make-map", classId });
    expect(second.labId).not.toBe(labId);
    await site.app.services.labs.state(second.labId);
    await report(second.labId, { "map-exists": true, "port-known": true });
    const board = await teacher.api.leaderboard.board({ classId });
    expect(board.rows.find((row) => row.nickname === "Ben")).toMatchObject({ points: 14, solved: 1 });
    page.close();
    room.close();
  });

  it("does without a leaderboard where it wants none, and freezes it where it is time", async () => {
    const cid = await learner("Cid");
    await teacher.api.classes.settings({ classId, leaderboard: false });
    await expect(cid.api.leaderboard.board({ classId })).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect((await teacher.api.leaderboard.board({ classId })).rows.length).toBeGreaterThan(0);
    await teacher.api.classes.settings({ classId, leaderboard: true, frozen: true });
    const { labId } = await cid.api.labs.start({ challengeId: "tests/make-map", classId });
    await site.app.services.labs.state(labId);
    await report(labId, { "map-exists": true });
    expect((await cid.api.leaderboard.board({ classId })).rows.find((row) => row.nickname === "Cid")).toMatchObject({
      points: 0,
    });
    await teacher.api.classes.settings({ classId, frozen: false });
    expect((await cid.api.leaderboard.board({ classId })).rows.find((row) => row.nickname === "Cid")).toMatchObject({
      points: 10,
    });
  });

  it("tells of a challenge neither answers nor conditions", async () => {
    const text = JSON.stringify(await site.visitor().api.challenges.get({ id: "tests/make-map", language: "zh-TW" }));
    expect(text).toContain("建立 ConfigMap");
    expect(text).not.toMatch(/correct|condition|cel|Well done/);
  });
});
