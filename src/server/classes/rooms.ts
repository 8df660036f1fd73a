import { EventEmitter } from "node:events";
import { type Board, makeBoard } from "@/classroom/board";
import { scoringRules } from "@/classroom/rules";
import { makeTile, sortTiles, type Tile } from "@/classroom/tiles";
import type { Catalogue } from "../challenges/catalogue";
import type { Database } from "../db/client";
import { notFound } from "../errors";
import type { LabService } from "../labs/service";
import type { ServerEvents } from "../realtime/protocol";

/** Changes of one learner or one board within this time are told together. */
const TOLD_EVERY_MS = 250;
/** Tiles change by the clock alone too: idle, stuck. */
const CLOCK_EVERY_MS = 15_000;
const COMMAND_SHOWN_LIMIT = 200;
const LIVE_LIMIT = 10_000;

type Notice = Parameters<ServerEvents["notice"]>[0];

export interface RoomEvents {
  tile: [classId: string, tile: Tile];
  board: [classId: string, board: Board];
  notice: [classId: string, notice: Notice];
  frozen: [classId: string, frozen: boolean];
  /** A word to one member. */
  word: [userId: string, notice: Notice];
  /** Somebody's role changed: what they watch has to be asked for again. */
  member: [classId: string, userId: string];
}

/** What of a lab is not worth a row: gone after a restart, back with the next key stroke. */
interface Live {
  lastCommand?: string;
  lastActiveAt: number;
}

/** Live rooms and boards of classes, from rows and from what labs tell. Only classes that somebody watches cost anything. */
export class ClassRooms {
  readonly events = new EventEmitter<RoomEvents>();
  private live = new Map<string, Live>();
  private watched = new Map<string, number>();
  private due = new Map<string, NodeJS.Timeout>();
  private clock: NodeJS.Timeout;
  private frozen = new Set<string>();

  constructor(
    private readonly db: Database,
    private readonly catalogue: Catalogue,
    private readonly labs: LabService,
  ) {
    labs.events.on("activity", (labId, what) => {
      const live = this.live.get(labId) ?? { lastActiveAt: 0 };
      if (what.command !== undefined || what.typed || what.progress) live.lastActiveAt = Date.now();
      if (what.command) live.lastCommand = what.command.slice(0, COMMAND_SHOWN_LIMIT);
      this.live.delete(labId);
      this.live.set(labId, live);
      if (this.live.size > LIVE_LIMIT) this.live.delete(this.live.keys().next().value!);
      if (this.watched.size > 0) this.later(`lab/${labId}`, () => this.tellLab(labId));
    });
    labs.events.on("scores", (classId) => void this.scoresChanged(classId));
    this.clock = setInterval(() => {
      for (const classId of this.watched.keys()) void this.tellTiles(classId).catch(console.error);
    }, CLOCK_EVERY_MS);
    this.clock.unref();
  }

  close(): void {
    clearInterval(this.clock);
    for (const timer of this.due.values()) clearTimeout(timer);
  }

  watch(classId: string): void {
    this.watched.set(classId, (this.watched.get(classId) ?? 0) + 1);
  }

  unwatch(classId: string): void {
    const left = (this.watched.get(classId) ?? 1) - 1;
    if (left <= 0) this.watched.delete(classId);
    else this.watched.set(classId, left);
  }

  async hasBoard(classId: string): Promise<boolean> {
    return (
      (await this.db.class.findUnique({ where: { id: classId }, select: { leaderboard: true } }))?.leaderboard === true
    );
  }

  async board(classId: string): Promise<Board> {
    const row = await this.db.class.findUnique({
      where: { id: classId },
      include: { memberships: { where: { role: "learner" } }, assignments: true },
    });
    if (!row) throw notFound("class");
    const assignments = new Map(row.assignments.map((assignment) => [assignment.challengeId, assignment]));
    const events = await this.db.scoreEvent.findMany({ where: { classId }, orderBy: { id: "asc" } });
    return makeBoard({
      classId,
      learners: row.memberships.map(({ userId, nickname, team }) => ({ userId, nickname, team })),
      rules: scoringRules.parse(row.scoring),
      estimateMs: (id) => (this.catalogue.find(id)?.minutes ?? 0) * 60_000,
      // Ungraded work is practice; after the close nothing counts any more.
      countsUntil: (id) => {
        const assignment = assignments.get(id);
        if (assignment?.mode === "ungraded") return Number.NEGATIVE_INFINITY;
        return assignment?.closesAt?.getTime() ?? Number.POSITIVE_INFINITY;
      },
      events: events.map((event) => ({ ...event, at: event.at.getTime() })),
      at: Date.now(),
      ...(row.frozenAt ? { frozenAt: row.frozenAt.getTime() } : {}),
    });
  }

  async tiles(classId: string): Promise<Tile[]> {
    return sortTiles(await this.tilesOf(classId));
  }

  /** Which classes are frozen, from the rows; before the first page is served. */
  async load(): Promise<void> {
    const rows = await this.db.class.findMany({ where: { inputFrozen: true }, select: { id: true } });
    this.frozen = new Set(rows.map((row) => row.id));
  }

  /** Asked for each key stroke: kept in memory. */
  isFrozen(classId: string): boolean {
    return this.frozen.has(classId);
  }

  async freeze(classId: string, frozen: boolean): Promise<void> {
    await this.db.class.update({ where: { id: classId }, data: { inputFrozen: frozen } });
    if (frozen) this.frozen.add(classId);
    else this.frozen.delete(classId);
    this.events.emit("frozen", classId, frozen);
  }

  /** A word of the staff to one learner or to all members. Gives how many were told. */
  async message(
    classId: string,
    { from, text, userId }: { from: string; text: string; userId?: string | undefined },
  ): Promise<number> {
    const notice: Notice = { kind: "info", text, from };
    if (!userId) {
      this.notify(classId, notice);
      return this.db.membership.count({ where: { classId } });
    }
    const member = await this.db.membership.findUnique({ where: { classId_userId: { classId, userId } } });
    if (!member) throw notFound("member");
    this.events.emit("word", userId, notice);
    return 1;
  }

  notify(classId: string, notice: Notice): void {
    this.events.emit("notice", classId, notice);
  }

  async membersChanged(classId: string, userId?: string): Promise<void> {
    if (userId) this.events.emit("member", classId, userId);
    this.later(`tiles/${classId}`, () => this.tellTiles(classId));
    await this.scoresChanged(classId);
  }

  async scoresChanged(classId: string): Promise<void> {
    if (!this.watched.has(classId)) return;
    this.later(`board/${classId}`, async () => {
      this.events.emit("board", classId, await this.board(classId));
    });
  }

  private async tilesOf(classId: string, userId?: string): Promise<Tile[]> {
    const who = userId ? { userId } : {};
    const [members, labs, points] = await Promise.all([
      this.db.membership.findMany({ where: { classId, role: "learner", ...who } }),
      this.db.lab.findMany({
        where: { classId, status: "open", ...(userId ? { ownerId: userId } : {}) },
        include: { attempt: { include: { checks: true } } },
        orderBy: { activeAt: "desc" },
      }),
      this.db.scoreEvent.groupBy({ by: ["userId"], where: { classId, ...who }, _sum: { points: true } }),
    ]);
    const now = Date.now();
    return members.map((member) => {
      const mine = labs.filter((lab) => lab.ownerId === member.userId);
      const lab = mine.find((candidate) => this.labs.isOnline(candidate.id)) ?? mine[0];
      const live = lab && this.live.get(lab.id);
      const challenge = this.catalogue.find(lab?.challengeId);
      const passed = new Set(lab?.attempt?.checks.filter((check) => check.passed).map((check) => check.checkId));
      const facts = {
        userId: member.userId,
        nickname: member.nickname,
        checks: challenge?.checks.map((check) => passed.has(check.id)) ?? [],
        points: points.find((row) => row.userId === member.userId)?._sum.points ?? 0,
        lastActiveAt: live?.lastActiveAt || (lab?.activeAt ?? member.joinedAt).getTime(),
        lastProgressAt: (lab?.attempt?.lastProgressAt ?? lab?.createdAt ?? member.joinedAt).getTime(),
        online: lab ? this.labs.isOnline(lab.id) : false,
        handRaised: mine.some((candidate) => candidate.handRaised),
        ...(lab ? { labId: lab.id } : {}),
        ...(lab?.challengeId ? { challenge: lab.challengeId } : {}),
        ...(live?.lastCommand ? { lastCommand: live.lastCommand } : {}),
      };
      return makeTile(facts, now);
    });
  }

  private async tellTiles(classId: string): Promise<void> {
    if (!this.watched.has(classId)) return;
    for (const tile of await this.tilesOf(classId)) this.events.emit("tile", classId, tile);
  }

  private async tellLab(labId: string): Promise<void> {
    const lab = await this.db.lab.findUnique({ where: { id: labId }, select: { classId: true, ownerId: true } });
    if (!lab?.classId || !this.watched.has(lab.classId)) return;
    for (const tile of await this.tilesOf(lab.classId, lab.ownerId)) this.events.emit("tile", lab.classId, tile);
  }

  /** Runs once after a moment, however often it is asked for in between. */
  private later(key: string, work: () => Promise<void>): void {
    if (this.due.has(key)) return;
    const timer = setTimeout(() => {
      this.due.delete(key);
      work().catch(console.error);
    }, TOLD_EVERY_MS);
    timer.unref();
    this.due.set(key, timer);
  }
}
