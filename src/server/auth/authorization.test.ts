import { TRPCError } from "@trpc/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ClientEvents } from "../realtime/protocol";
import { schemas } from "../realtime/schemas";
import { type PageSocket, type Site, startSite, type Visitor } from "../testing/site";
import { appRouter } from "../trpc/router";

/**
 * Every procedure and every socket event, asked by everybody: a procedure or event that is added without a line here fails
 * the first test of its table.
 */
const WHO = ["visitor", "stranger", "learner", "assistant", "instructor", "administrator"] as const;
type Who = (typeof WHO)[number];

let site: Site;
const people = {} as Record<Who, Visitor>;
const ids = {} as Record<Who, string>;
let classId: string;
let labId: string;
let joinCode: string;
let roundId: string;

beforeAll(async () => {
  site = await startSite();
  for (const who of WHO) people[who] = site.visitor();
  for (const who of WHO.slice(1)) {
    ids[who] = (await people[who].api.auth.signUp({ username: who, password: "correct horse" })).id;
  }
  await site.app.services.db.user.update({ where: { id: ids.administrator }, data: { role: "admin" } });
  ({ id: classId, joinCode } = await people.instructor.api.classes.create({ name: "Harbour" }));
  for (const who of ["learner", "assistant"] as const) await people[who].api.classes.join({ joinCode, nickname: who });
  await people.instructor.api.classes.setRole({ classId, userId: ids.assistant, role: "assistant" });
  await people.instructor.api.assignments.add({ classId, challengeId: "tests/make-map" });
  ({ roundId } = await people.instructor.api.rounds.openRace({
    classId,
    challengeId: "tests/make-map",
    minutes: 5,
  }));
  ({ labId } = await people.learner.api.labs.start({ challengeId: "tests/make-map", classId }));
});
afterAll(() => site?.close());

const outcome = (work: Promise<unknown>) =>
  work.then(
    () => "ok",
    (error) => (error instanceof TRPCError ? error.code : String(error)),
  );

/** What everybody gets who is not named: the codes for visitor, stranger, learner, assistant, instructor, administrator. */
const ANYBODY = ["ok", "ok", "ok", "ok", "ok", "ok"];
const SIGNED_IN = ["UNAUTHORIZED", "ok", "ok", "ok", "ok", "ok"];
const MEMBERS = ["UNAUTHORIZED", "NOT_FOUND", "ok", "ok", "ok", "ok"];
const STAFF = ["UNAUTHORIZED", "NOT_FOUND", "FORBIDDEN", "ok", "ok", "ok"];
const INSTRUCTORS = ["UNAUTHORIZED", "NOT_FOUND", "FORBIDDEN", "FORBIDDEN", "ok", "ok"];
const ADMINISTRATORS = ["UNAUTHORIZED", "FORBIDDEN", "FORBIDDEN", "FORBIDDEN", "FORBIDDEN", "ok"];
const taken = (name: string) => ({ username: name, password: "correct horse" });

const procedures: Record<string, [input: () => unknown, codes: string[]]> = {
  "auth.me": [() => undefined, ANYBODY],
  // Those who are in already stay who they are; for a visitor see accounts.test.ts.
  "auth.guest": [() => ({}), ANYBODY],
  "auth.signUp": [() => taken("learner"), ["CONFLICT", "CONFLICT", "CONFLICT", "CONFLICT", "CONFLICT", "CONFLICT"]],
  "auth.signIn": [() => ({ username: "nobody", password: "wrong horse" }), Array(6).fill("UNAUTHORIZED")],
  "auth.rename": [() => ({ name: "New name" }), SIGNED_IN],
  "admin.setupState": [() => ({ token: "wrong" }), ANYBODY],
  "admin.setup": [() => ({ token: "wrong", ...taken("mallory") }), Array(6).fill("FORBIDDEN")],
  "admin.users": [() => ({}), ADMINISTRATORS],
  "admin.setAdministrator": [() => ({ userId: ids.stranger, administrator: false }), ADMINISTRATORS],
  "admin.overview": [() => undefined, ADMINISTRATORS],
  "classes.create": [() => ({ name: "Another" }), SIGNED_IN],
  "classes.list": [() => undefined, SIGNED_IN],
  "classes.get": [() => ({ classId }), MEMBERS],
  "classes.preview": [() => ({ joinCode }), ANYBODY],
  "classes.join": [() => ({ joinCode: "WRONG1", nickname: "x" }), ["UNAUTHORIZED", ...Array(5).fill("NOT_FOUND")]],
  "classes.members": [() => ({ classId }), STAFF],
  "classes.setRole": [() => ({ classId, userId: ids.assistant, role: "assistant" }), INSTRUCTORS],
  // An administrator may look in without being a member; there is no nickname of theirs to change.
  "classes.setNickname": [
    () => ({ classId, nickname: crypto.randomUUID().slice(0, 8) }),
    [...MEMBERS.slice(0, 5), "NOT_FOUND"],
  ],
  "classes.remove": [() => ({ classId, userId: "nobody" }), INSTRUCTORS],
  "classes.settings": [() => ({ classId, leaderboard: true }), INSTRUCTORS],
  "classes.newJoinCode": [() => ({ classId }), INSTRUCTORS],
  "roster.list": [() => ({ classId }), STAFF],
  "roster.import": [() => ({ classId, csv: "Name\nNora" }), INSTRUCTORS],
  "roster.remove": [() => ({ classId, entryId: "nobody" }), INSTRUCTORS],
  "gradebook.get": [() => ({ classId }), STAFF],
  "gradebook.mine": [() => ({ classId }), MEMBERS],
  "gradebook.export": [() => ({ classId, format: "canvas" }), STAFF],
  "gradebook.override": [
    () => ({ classId, userId: ids.learner, challengeId: "tests/make-map", points: 3, reason: "shown on paper" }),
    STAFF,
  ],
  "gradebook.tokens": [() => ({ classId }), INSTRUCTORS],
  "gradebook.addToken": [() => ({ classId, name: "script" }), INSTRUCTORS],
  "gradebook.removeToken": [() => ({ classId, tokenId: "nothing" }), INSTRUCTORS],
  "assignments.configure": [
    () => ({
      classId,
      challengeId: "tests/make-map",
      opensAt: null,
      dueAt: null,
      closesAt: null,
      late: {},
      mode: "graded",
      hints: true,
      attempts: null,
    }),
    STAFF,
  ],
  "challenges.list": [() => ({}), ANYBODY],
  "challenges.get": [() => ({ id: "tests/make-map" }), ANYBODY],
  "challenges.tracks": [() => ({}), ANYBODY],
  "challenges.hints": [() => ({ labId }), SIGNED_IN],
  // A challenge of a class is for its members.
  "labs.start": [() => ({ classId, challengeId: "tests/make-map" }), MEMBERS],
  "labs.list": [() => ({}), SIGNED_IN],
  "labs.get": [() => ({ labId }), ["UNAUTHORIZED", "NOT_FOUND", "ok", "ok", "ok", "ok"]],
  "labs.kubeconfig": [
    () => ({ labId, origin: "https://podium.example" }),
    ["UNAUTHORIZED", "NOT_FOUND", "ok", "FORBIDDEN", "FORBIDDEN", "FORBIDDEN"],
  ],
  "labs.close": [() => ({ labId }), ["UNAUTHORIZED", "NOT_FOUND", "-", "FORBIDDEN", "FORBIDDEN", "FORBIDDEN"]],
  "assignments.list": [() => ({ classId }), MEMBERS],
  "assignments.add": [() => ({ classId, challengeId: "tests/make-map" }), STAFF],
  "assignments.remove": [() => ({ classId, challengeId: "tests/other" }), STAFF],
  "assignments.reorder": [() => ({ classId, challengeIds: ["tests/make-map"] }), STAFF],
  "leaderboard.board": [() => ({ classId }), MEMBERS],
  "leaderboard.tiles": [() => ({ classId }), STAFF],
  "rounds.current": [() => ({ classId }), MEMBERS],
  // There may be four at a time: the fifth is refused, whoever asks.
  "rounds.openRace": [() => ({ classId, challengeId: "tests/make-map", minutes: 5 }), STAFF],
  "rounds.joinRace": [() => ({ roundId }), ["UNAUTHORIZED", "NOT_FOUND", "ok", ...Array(3).fill("FORBIDDEN")]],
  // Begun once; whoever may begin it is told that it has.
  "rounds.startRace": [() => ({ roundId }), ["UNAUTHORIZED", "NOT_FOUND", "FORBIDDEN", "ok", "CONFLICT", "CONFLICT"]],
  "rounds.end": [() => ({ roundId }), STAFF],
  "rounds.chaos": [
    () => ({ classId, fault: "dns-broken", minutes: 5, inMinutes: 60 }),
    ["UNAUTHORIZED", "NOT_FOUND", "FORBIDDEN", "ok", "CONFLICT", "CONFLICT"],
  ],
  "auth.signOut": [() => undefined, ["UNAUTHORIZED", "-", "-", "-", "-", "-"]],
};

describe("who may call which procedure", () => {
  it("is said for every procedure", () => {
    expect(Object.keys(procedures).sort()).toEqual(Object.keys(appRouter._def.procedures).sort());
  });

  it.each(Object.entries(procedures))("%s", async (name, [input, codes]) => {
    const [area, procedure] = name.split(".") as [string, string];
    const got: string[] = [];
    for (const [index, who] of WHO.entries()) {
      if (codes[index] === "-" || (who === "visitor" && name === "auth.guest")) got.push(codes[index]!);
      else got.push(await outcome((people[who].api as any)[area][procedure](input())));
    }
    expect(got).toEqual(codes);
  });
});

/** For stranger, learner (whose lab it is), assistant, instructor, administrator; a visitor has no socket at all. */
const WATCH = ["NOT_FOUND", "ok", "ok", "ok", "ok"];
const PLAY = ["NOT_FOUND", "ok", "FORBIDDEN", "FORBIDDEN", "FORBIDDEN"];
const events: Record<keyof ClientEvents, [input: () => object, codes: string[]]> = {
  "lab:open": [() => ({ labId }), WATCH],
  "terminal:open": [() => ({ labId, terminalId: "t1", columns: 80, rows: 24 }), WATCH],
  "terminal:input": [() => ({ labId, terminalId: "t1", data: "ls\r" }), PLAY],
  "terminal:resize": [() => ({ labId, terminalId: "t1", columns: 80, rows: 24 }), PLAY],
  "terminal:close": [() => ({ labId, terminalId: "t1" }), PLAY],
  "time:control": [() => ({ labId, action: "pause" }), PLAY],
  "lab:undo": [() => ({ labId }), PLAY],
  "lab:reset": [() => ({ labId }), PLAY],
  "checks:run": [() => ({ labId }), PLAY],
  "answer:give": [() => ({ labId, question: "port", value: "a" }), PLAY],
  "hint:take": [() => ({ labId }), PLAY],
  "hand:raise": [() => ({ labId, raised: false }), PLAY],
  "file:list": [() => ({ labId }), WATCH],
  "file:read": [() => ({ labId, path: "/home/learner/a" }), WATCH],
  "file:write": [() => ({ labId, path: "/home/learner/a", content: "" }), PLAY],
  "editor:done": [() => ({ labId, editId: "edit-1", content: null }), PLAY],
  "object:read": [() => ({ labId, resource: "pods", namespace: "default", name: "web" }), WATCH],
  "class:watch": [() => ({ classId }), ["NOT_FOUND", "FORBIDDEN", "ok", "ok", "ok"]],
  "class:unwatch": [() => ({ classId }), ["ok", "ok", "ok", "ok", "ok"]],
  "class:message": [() => ({ classId, text: "Well done" }), ["NOT_FOUND", "FORBIDDEN", "ok", "ok", "ok"]],
  "class:freeze": [() => ({ classId, frozen: false }), ["NOT_FOUND", "FORBIDDEN", "ok", "ok", "ok"]],
  "board:watch": [() => ({ classId }), WATCH],
  "rounds:watch": [() => ({ classId }), WATCH],
  "lab:close": [() => ({ labId }), ["ok", "ok", "ok", "ok", "ok"]],
};

describe("who may send which event", () => {
  const pages = new Map<Who, PageSocket>();
  beforeAll(async () => {
    for (const who of WHO.slice(1)) pages.set(who, await people[who].connect());
  });
  afterAll(() => {
    for (const page of pages.values()) page.close();
  });

  it("is said for every event", () => {
    expect(Object.keys(events).sort()).toEqual(Object.keys(schemas).sort());
  });

  it("lets nobody in without a session", async () => {
    await expect(people.visitor.connect()).rejects.toThrow("UNAUTHORIZED");
  });

  it.each(Object.entries(events))("%s", async (event, [input, codes]) => {
    const got: string[] = [];
    for (const who of WHO.slice(1)) {
      const answer = await pages.get(who)!.ask(event as keyof ClientEvents, input() as never);
      got.push(answer.ok ? "ok" : answer.error.code);
    }
    expect(got).toEqual(codes);
  });

  it("refuses what is not of an event's shape", async () => {
    const answer = await pages
      .get("learner")!
      .ask("terminal:open", { labId, terminalId: "../x", columns: 80, rows: 24 });
    expect(answer).toEqual({ ok: false, error: { code: "BAD_REQUEST", message: "This is no terminal:open." } });
  });

  it("ends the pages of a member who was taken out of the staff", async () => {
    const page = await people.assistant.connect();
    const ended = new Promise((resolve) => page.socket.once("disconnect", resolve));
    await people.instructor.api.classes.setRole({ classId, userId: ids.assistant, role: "learner" });
    expect(await ended).toBe("io server disconnect");
    const again = await people.assistant.connect();
    expect(await again.ask("lab:open", { labId })).toMatchObject({ ok: false, error: { code: "NOT_FOUND" } });
    again.close();
  });
});
