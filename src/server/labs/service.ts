import { randomUUID } from "node:crypto";
import { EventEmitter } from "node:events";
import { scoreHint } from "@/classroom/scoring";
import type { GradeReport } from "@/grading/report";
import type { SessionUser } from "../auth/session";
import type { Catalogue } from "../challenges/catalogue";
import { hintCount, hintIn, type Language } from "../challenges/texts";
import { demandRole, type LabRow } from "../classes/access";
import type { Database } from "../db/client";
import { AppError, notFound } from "../errors";
import type { LabState, ServerEvents } from "../realtime/protocol";
import { recordReport } from "./attempts";
import { type CallInput, type CallResult, isAsleep, type LabCall, type LabView } from "./messages";
import type { LabPool } from "./pool";

/** Labs that one person may keep open; the least used is closed when another is begun. */
export const OPEN_LABS_LIMIT = 20;

/** What the rest of the server hears of labs. */
export interface LabServiceEvents {
  /** For everybody who has the lab open. */
  emit: [labId: string, event: keyof ServerEvents, payload: unknown];
  /** Something that a tile shows has changed. */
  activity: [labId: string, what: { command?: string; typed?: boolean; progress?: boolean }];
  scores: [classId: string];
  /** Checks passed, or all of them, in a lab that was made for a race. */
  raced: [roundId: string, what: { userId: string; newlyPassed: string[]; solved: boolean }];
  /** A lab recovered from a stroke of chaos, or was begun anew instead. */
  mended: [labId: string, roundId: string, how: "recovered" | "gave-up"];
}

/** Labs as the web process sees them: rows in the database, and a worker that plays them. */
export class LabService {
  readonly events = new EventEmitter<LabServiceEvents>();
  private opening = new Map<string, Promise<LabView>>();
  private viewers = new Map<string, number>();
  private grading = new Map<string, Promise<unknown>>();

  constructor(
    private readonly db: Database,
    private readonly catalogue: Catalogue,
    readonly pool: LabPool,
  ) {
    for (const event of ["terminal:output", "cluster:delta", "lab:time", "traffic", "editor:open"] as const) {
      pool.events.on(event, (payload: { labId: string }) => this.events.emit("emit", payload.labId, event, payload));
    }
    pool.events.on("command", ({ labId, line }) => this.events.emit("activity", labId, { command: line }));
    pool.events.on("report", ({ labId, report }) => void this.onReport(labId, report).catch(logFailure));
    pool.events.on("mended", ({ labId, roundId, how }) => this.events.emit("mended", labId, roundId, how));
    pool.events.on("view", ({ labId, view }) => void this.announce(labId, view).catch(logFailure));
    pool.events.on("lost", (labIds) => void this.reopen(labIds).catch(logFailure));
  }

  inMemory(): number {
    return this.pool.inMemory();
  }

  async start(user: SessionUser, input: { challengeId?: string; classId?: string }): Promise<{ labId: string }> {
    const challenge = input.challengeId ? this.catalogue.get(input.challengeId) : undefined;
    let attemptsLimit: number | undefined;
    if (input.classId) {
      await demandRole(this.db, user, input.classId);
      const assigned =
        challenge &&
        (await this.db.assignment.findUnique({
          where: { classId_challengeId: { classId: input.classId, challengeId: challenge.id } },
        }));
      if (!assigned) throw new AppError("NOT_FOUND", "This class was not given this challenge.");
      if (assigned.opensAt && assigned.opensAt > new Date())
        throw new AppError("FORBIDDEN", "This challenge is not open yet.");
      if (assigned.closesAt && assigned.closesAt < new Date())
        throw new AppError("FORBIDDEN", "This challenge is closed: nothing more counts.");
      attemptsLimit = assigned.attempts ?? undefined;
    }
    const where = {
      ownerId: user.id,
      status: "open" as const,
      challengeId: challenge?.id ?? null,
      classId: input.classId ?? null,
      roundId: null,
    };
    const existing = await this.db.lab.findFirst({ where, orderBy: { activeAt: "desc" }, include: { attempt: true } });
    if (existing) {
      void this.ensureOpen(existing).catch(logFailure);
      return { labId: existing.id };
    }
    if (attemptsLimit !== undefined && challenge) {
      // What was played in a race is none of the attempts that a class allows.
      const lab = { roundId: null };
      const made = { userId: user.id, classId: input.classId ?? null, challengeId: challenge.id, lab };
      if ((await this.db.attempt.count({ where: made })) >= attemptsLimit)
        throw new AppError("FORBIDDEN", "All attempts that this class allows have been made.");
    }
    const { ownerId, challengeId, classId } = where;
    return this.begin({ ownerId, challengeId, classId, seed: randomUUID() });
  }

  /** A lab of a race: all racers get the same cluster. There is one for each of them, however often it is asked for. */
  async startRace(race: {
    ownerId: string;
    classId: string;
    challengeId: string;
    roundId: string;
  }): Promise<{ labId: string }> {
    const { ownerId, roundId } = race;
    const existing = await this.db.lab.findFirst({ where: { ownerId, roundId } });
    return existing ? { labId: existing.id } : this.begin({ ...race, seed: `race-${roundId}` });
  }

  private async begin(data: {
    ownerId: string;
    challengeId: string | null;
    classId: string | null;
    roundId?: string;
    seed: string;
  }): Promise<{ labId: string }> {
    const { ownerId: userId, challengeId, classId } = data;
    await this.closeOldest(userId);
    const version = this.catalogue.find(challengeId)?.version;
    const attempt = challengeId &&
      version !== undefined && {
        attempt: { create: { userId, classId, challengeId, challengeVersion: version } },
      };
    const lab = await this.db.lab.create({
      data: { ...data, startMs: BigInt(Date.now()), ...attempt },
      include: { attempt: true },
    });
    void this.ensureOpen(lab).catch(logFailure);
    this.events.emit("activity", lab.id, { progress: true });
    return { labId: lab.id };
  }

  async close(labId: string): Promise<void> {
    await this.db.lab.update({ where: { id: labId }, data: { status: "closed" } });
    if (this.pool.holds(labId)) await this.pool.call("drop", { labId });
  }

  /** The whole state, bringing the lab to life where it sleeps. */
  async state(labId: string): Promise<LabState> {
    const lab = await this.row(labId);
    const begun = this.opening.get(labId);
    // What somebody else's opening says may be from before this page came.
    await begun?.catch(() => {});
    return this.stateOf(lab, await this.ensureOpen(lab));
  }

  /** Brings the lab to life where it sleeps. */
  async wake(labId: string): Promise<void> {
    if (!this.pool.holds(labId) || this.opening.has(labId)) await this.ensureOpen(await this.row(labId));
  }

  /** A call into the lab, which is woken for it. A lab that fell asleep just then is woken once more. */
  async play<C extends LabCall>(call: C, input: CallInput<C>): Promise<CallResult<C>> {
    await this.wake(input.labId);
    try {
      return await this.pool.call(call, input);
    } catch (error) {
      if (!isAsleep(error)) throw error;
      await this.wake(input.labId);
      return this.pool.call(call, input);
    }
  }

  /** Somebody opened (+1) or left (-1) the lab. */
  look(labId: string, change: 1 | -1): void {
    const count = Math.max(0, (this.viewers.get(labId) ?? 0) + change);
    if (count === 0) this.viewers.delete(labId);
    else this.viewers.set(labId, count);
    this.pool.tell("viewers", { labId, count });
    this.events.emit("activity", labId, {});
  }

  isOnline(labId: string): boolean {
    return this.viewers.has(labId);
  }

  async answer(labId: string, question: string, value: string | string[]): Promise<GradeReport> {
    const lab = await this.row(labId);
    const challenge = this.catalogue.variant(lab);
    if (!challenge?.questions.some((known) => known.id === question)) throw notFound("question");
    const answers = { ...(lab.answers as LabState["answers"]), [question]: value };
    await this.db.lab.update({ where: { id: labId }, data: { answers } });
    return this.play("answers", { labId, answers });
  }

  async takeHint(labId: string, language: Language): Promise<{ index: number; text: string; cost: number }> {
    const lab = await this.row(labId);
    const challenge = this.catalogue.variant(lab);
    const index = lab.hintsTaken;
    if (!challenge || !lab.attempt || index >= hintCount(challenge))
      throw new AppError("NOT_FOUND", "There are no more hints.");
    const assigned =
      lab.classId &&
      (await this.db.assignment.findUnique({
        where: { classId_challengeId: { classId: lab.classId, challengeId: challenge.id } },
      }));
    if (assigned && (!assigned.hints || assigned.mode === "exam"))
      throw new AppError("FORBIDDEN", "This class solves this challenge without hints.");
    const cost = challenge.hintCosts[index] ?? 0;
    const scope = lab.classId ?? "-";
    const attemptId = lab.attempt.id;
    const userId = lab.ownerId;
    await this.db.$transaction(async (tx) => {
      // Two tabs that press at once take one hint, not two.
      const taken = await tx.lab.updateMany({
        where: { id: labId, hintsTaken: index },
        data: { hintsTaken: index + 1 },
      });
      if (taken.count !== 1) throw new AppError("CONFLICT", "This hint was taken a moment ago.");
      await tx.hintTaken.create({ data: { attemptId, index, cost } });
      const entries = scoreHint(challenge.id, index, cost, new Set());
      await tx.scoreEvent.createMany({
        data: entries.map((entry) => ({ ...entry, scope, userId, classId: lab.classId })),
        skipDuplicates: true,
      });
    });
    this.pool.tell("hints", { labId, hintsTaken: index + 1 });
    if (lab.classId) this.events.emit("scores", lab.classId);
    return { index, text: hintIn(challenge, language, index), cost };
  }

  async raiseHand(labId: string, raised: boolean): Promise<void> {
    await this.db.lab.update({ where: { id: labId }, data: { handRaised: raised } });
    this.events.emit("activity", labId, {});
  }

  /** Waits until reports that came in were written. For tests and for shutting down. */
  async settled(): Promise<void> {
    await Promise.allSettled([...this.grading.values()]);
  }

  private async row(labId: string): Promise<LabRow> {
    const lab = await this.db.lab.findUnique({ where: { id: labId }, include: { attempt: true } });
    if (lab?.status !== "open") throw notFound("lab");
    return lab;
  }

  private ensureOpen(lab: LabRow): Promise<LabView> {
    let opening = this.opening.get(lab.id);
    if (!opening) {
      const challenge = this.catalogue.variant(lab);
      opening = this.pool
        .call("open", {
          labId: lab.id,
          seed: lab.seed,
          startMs: Number(lab.startMs),
          ...(challenge ? { challenge } : {}),
          answers: lab.answers as LabState["answers"],
          hintsTaken: lab.hintsTaken,
          viewers: this.viewers.get(lab.id) ?? 0,
        })
        .finally(() => this.opening.delete(lab.id));
      this.opening.set(lab.id, opening);
      this.db.lab.update({ where: { id: lab.id }, data: { activeAt: new Date() } }).catch(logFailure);
    }
    return opening;
  }

  private stateOf(lab: LabRow, view: LabView): LabState {
    const state: LabState = {
      labId: lab.id,
      ...view,
      hintsTaken: lab.hintsTaken,
      answers: lab.answers as LabState["answers"],
      handRaised: lab.handRaised,
    };
    if (lab.challengeId) state.challenge = lab.challengeId;
    if (lab.classId) state.classId = lab.classId;
    if (lab.attempt?.solvedAt) state.solvedAtMs = lab.attempt.solvedAt.getTime();
    return state;
  }

  private async announce(labId: string, view: LabView): Promise<void> {
    this.events.emit("emit", labId, "lab:state", this.stateOf(await this.row(labId), view));
  }

  /** Reports of one lab are written in the order in which they came. */
  private onReport(labId: string, report: GradeReport): Promise<void> {
    const before = this.grading.get(labId) ?? Promise.resolve();
    const work = before
      .catch(() => {})
      .then(async () => {
        const recorded = await recordReport(this.db, labId, report);
        if (!recorded) return;
        const { newlyPassed, solved, classId, userId, roundId, scored } = recorded;
        this.events.emit("emit", labId, "checks", { labId, report, newlyPassed, solved });
        this.events.emit("activity", labId, { progress: newlyPassed.length > 0 });
        if (classId && scored) this.events.emit("scores", classId);
        if (roundId && (newlyPassed.length > 0 || solved))
          this.events.emit("raced", roundId, { userId, newlyPassed, solved });
      });
    this.grading.set(labId, work);
    return work.finally(() => {
      if (this.grading.get(labId) === work) this.grading.delete(labId);
    });
  }

  /** A worker died: labs that somebody looks at come back at once, the others when they are opened. */
  private async reopen(labIds: string[]): Promise<void> {
    for (const labId of labIds) {
      this.opening.delete(labId);
      if (this.isOnline(labId)) await this.announce(labId, await this.ensureOpen(await this.row(labId)));
    }
  }

  private async closeOldest(ownerId: string): Promise<void> {
    const open = await this.db.lab.findMany({
      where: { ownerId, status: "open" },
      orderBy: { activeAt: "desc" },
      skip: OPEN_LABS_LIMIT - 1,
      select: { id: true },
    });
    for (const lab of open) await this.close(lab.id);
  }
}

const logFailure = (error: unknown) => {
  if (!(error instanceof AppError)) console.error(error);
};
