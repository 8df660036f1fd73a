import { EventEmitter } from "node:events";
import { type Chaos, makeChaos, withoutFault } from "@/classroom/rounds/chaos";
import { type EndReason, type RoundEvent, type RoundFacts, subjectOf } from "@/classroom/rounds/events";
import { makeRace, type Race } from "@/classroom/rounds/race";
import type { Catalogue } from "../challenges/catalogue";
import type { Database } from "../db/client";
import { AppError, notFound } from "../errors";
import type { LabService } from "../labs/service";
import type { StrokeChoice } from "../labs/stroke";

export type Round = Race | Chaos;

/** Of one class at the same time. */
export const RUNNING_LIMIT = 4;
/** What is over is shown for so long, until something else begins. */
const SHOWN_AFTER_MS = 20 * 60_000;
/** Positions of a large class are told less often: what is sent grows with the square of its size. */
const TELL_MS = 250;
const TELL_PER_HEAD_MS = 5;
/** Clusters that are struck at the same time. */
const AT_ONCE = 8;
/** A lab that was not used for so long is nobody's any more: it is not struck. */
const USED_WITHIN_MS = 12 * 3600_000;
const TIMER_LIMIT_MS = 2 ** 31 - 1;

interface Held {
  id: string;
  classId: string;
  kind: "race" | "chaos";
  events: RoundEvent[];
  timer?: NodeJS.Timeout;
}

/** Races and strokes of chaos: what happens is written as events, and all that is told is made from them. */
export class Rounds {
  /** Who asked for the round hears of it as the staff does or as learners do. */
  readonly events = new EventEmitter<{ round: [classId: string, forStaff: Round, forLearners: Round] }>();
  /** What runs, and what was over a moment ago. */
  private held = new Map<string, Held>();
  private telling = new Map<string, NodeJS.Timeout>();
  private work = new Set<Promise<unknown>>();

  constructor(
    private readonly db: Database,
    private readonly catalogue: Catalogue,
    private readonly labs: LabService,
  ) {
    labs.events.on("raced", (roundId, { userId, newlyPassed, solved }) => {
      this.later(async () => {
        for (const checkId of newlyPassed) await this.note(roundId, { at: Date.now(), type: "check", userId, checkId });
        if (solved) await this.note(roundId, { at: Date.now(), type: "finished", userId });
      });
    });
    labs.events.on("mended", (labId, roundId, how) => {
      this.later(async () => {
        const lab = await this.db.lab.findUnique({ where: { id: labId }, select: { ownerId: true } });
        if (lab) await this.note(roundId, { at: Date.now(), type: how, userId: lab.ownerId });
      });
    });
  }

  /** Takes up what was running when the server ended; what was due meanwhile is done now. */
  async load(): Promise<void> {
    const rows = await this.db.round.findMany({
      where: { endedAt: null },
      include: { events: { orderBy: { id: "asc" } } },
    });
    for (const { id, classId, kind, events } of rows) {
      const held: Held = { id, classId, kind, events: events.map(({ data }) => data as unknown as RoundEvent) };
      this.held.set(id, held);
      this.schedule(held);
    }
  }

  close(): void {
    for (const { timer } of this.held.values()) clearTimeout(timer);
    for (const timer of this.telling.values()) clearTimeout(timer);
  }

  /** Waits until what labs told has been written. For tests. */
  async settled(): Promise<void> {
    while (this.work.size > 0) await Promise.allSettled(this.work);
  }

  /** What runs in a class, and what was over last. */
  async current(classId: string, forStaff: boolean): Promise<Round[]> {
    const views = await Promise.all(this.ofClass(classId).map((held) => this.viewOf(held)));
    return views.map((view) => (forStaff ? view.forStaff : view.forLearners));
  }

  /** The class of a round, for whoever decides who may touch it. */
  async classOf(roundId: string): Promise<string> {
    const row = await this.db.round.findUnique({ where: { id: roundId }, select: { classId: true } });
    if (!row) throw notFound("round");
    return row.classId;
  }

  /** Whether the time of a race has come: before that nobody acts in its labs. Asked for each key stroke. */
  mayAct(roundId: string): boolean {
    const started = this.held.get(roundId)?.events.find((event) => event.type === "started");
    return started?.type !== "started" || started.startsAt <= Date.now();
  }

  // Races

  async openRace(classId: string, by: string, input: { challengeId: string; minutes: number }): Promise<Round> {
    this.catalogue.get(input.challengeId);
    const held = await this.begin(classId, "race", { at: Date.now(), type: "opened", by, ...input });
    return (await this.viewOf(held)).forStaff;
  }

  /** Opts in. Who comes when the race is on gets a lab at once; the time counts from the common start all the same. */
  async join(roundId: string, userId: string): Promise<{ labId?: string }> {
    const held = this.running(roundId, "race");
    await this.note(roundId, { at: Date.now(), type: "joined", userId });
    return held.events.some(({ type }) => type === "started") ? this.raceLab(held, userId) : {};
  }

  /** Makes everybody's lab, then counts down. */
  async go(roundId: string, countdownMs: number): Promise<void> {
    const held = this.running(roundId, "race");
    if (held.events.some(({ type }) => type === "started")) throw new AppError("CONFLICT", "This race is on.");
    const racers = held.events.flatMap((event) => (event.type === "joined" ? [event.userId] : []));
    if (racers.length === 0) throw new AppError("CONFLICT", "Nobody has joined this race yet.");
    await eachOf(racers, (userId) => this.raceLab(held, userId));
    const startsAt = Date.now() + countdownMs;
    const { minutes } = opened(held);
    await this.note(roundId, { at: Date.now(), type: "started", startsAt, endsAt: startsAt + minutes * 60_000 });
  }

  private raceLab({ id, classId, ...held }: Held, ownerId: string): Promise<{ labId: string }> {
    const { challengeId } = opened(held);
    return this.labs.startRace({ ownerId, classId, challengeId, roundId: id });
  }

  // Chaos

  async planChaos(
    classId: string,
    by: string,
    { inMs, ...input }: { fault: StrokeChoice; minutes: number; inMs: number },
  ): Promise<Round> {
    const at = Date.now();
    const held = await this.begin(classId, "chaos", { at, type: "planned", by, strikesAt: at + inMs, ...input });
    return (await this.viewOf(held)).forStaff;
  }

  private async strike(held: Held, fault: StrokeChoice, minutes: number): Promise<void> {
    const { id: roundId, classId } = held;
    const now = Date.now();
    const first = await this.note(roundId, { at: now, type: "struck", endsAt: now + minutes * 60_000 });
    if (!first) return;
    await eachOf(await this.labsInPlay(classId), async ({ id: labId, ownerId: userId }) => {
      const struck = await this.labs.play("strike", { labId, roundId, stroke: fault }).catch((error) => {
        console.error(`Lab ${labId} could not be struck: ${error}`);
        return {} as { fault?: string };
      });
      await this.note(
        roundId,
        struck.fault
          ? { at: Date.now(), type: "hit", userId, labId, fault: struck.fault }
          : { at: Date.now(), type: "spared", userId, labId },
      );
    });
    if (!held.events.some(({ type }) => type === "hit")) await this.end(roundId, "all");
  }

  /** The lab that each learner is in, or was in last. */
  private async labsInPlay(classId: string): Promise<{ id: string; ownerId: string }[]> {
    const [members, labs] = await Promise.all([
      this.db.membership.findMany({ where: { classId, role: "learner" }, select: { userId: true } }),
      this.db.lab.findMany({
        where: { classId, status: "open", activeAt: { gt: new Date(Date.now() - USED_WITHIN_MS) } },
        orderBy: { activeAt: "desc" },
        select: { id: true, ownerId: true },
      }),
    ]);
    return members.flatMap(({ userId }) => {
      const mine = labs.filter(({ ownerId }) => ownerId === userId);
      return mine.find(({ id }) => this.labs.isOnline(id)) ?? mine[0] ?? [];
    });
  }

  // Both

  async end(roundId: string, why: EndReason): Promise<void> {
    const at = Date.now();
    if (!(await this.note(roundId, { at, type: "ended", why }))) return;
    await this.db.round.update({ where: { id: roundId }, data: { endedAt: new Date(at) } });
  }

  private async begin(classId: string, kind: Held["kind"], event: RoundEvent): Promise<Held> {
    if (this.ofClass(classId).filter((held) => !isOver(held)).length >= RUNNING_LIMIT)
      throw new AppError("CONFLICT", "Enough is going on in this class. End something first.");
    const row = await this.db.round.create({
      data: { classId, kind, events: { create: { subject: subjectOf(event), data: event, at: new Date(event.at) } } },
    });
    const held: Held = { id: row.id, classId, kind, events: [event] };
    // What is over makes room for what begins.
    for (const other of this.ofClass(classId)) if (isOver(other) && other.kind === kind) this.held.delete(other.id);
    this.held.set(row.id, held);
    this.schedule(held);
    this.tellSoon(held);
    return held;
  }

  /** Writes an event, unless its subject has happened. Gives whether it was written. */
  private async note(roundId: string, event: RoundEvent): Promise<boolean> {
    const held = this.held.get(roundId);
    if (!held || isOver(held)) return false;
    const { count } = await this.db.roundEvent.createMany({
      data: [{ roundId, subject: subjectOf(event), data: event, at: new Date(event.at) }],
      skipDuplicates: true,
    });
    if (count === 0) return false;
    held.events.push(event);
    this.schedule(held);
    this.tellSoon(held);
    if (["finished", "recovered", "gave-up"].includes(event.type) && (await this.allDone(held)))
      await this.end(roundId, "all");
    return true;
  }

  private async allDone(held: Held): Promise<boolean> {
    const { forStaff } = await this.viewOf(held);
    if (forStaff.kind === "race") return forStaff.finished >= forStaff.joined;
    return forStaff.stricken.every(({ state }) => state !== "hit");
  }

  /** One timer for what comes next by the clock alone. */
  private schedule(held: Held): void {
    clearTimeout(held.timer);
    if (isOver(held)) {
      held.timer = setTimeout(() => this.held.delete(held.id), SHOWN_AFTER_MS);
      held.timer.unref();
      return;
    }
    const planned = held.events.find((event) => event.type === "planned");
    const running = held.events.find((event) => event.type === "started" || event.type === "struck");
    const next =
      running && "endsAt" in running
        ? { at: running.endsAt, run: () => this.end(held.id, "time") }
        : planned?.type === "planned"
          ? {
              at: planned.strikesAt,
              run: () => this.strike(held, planned.fault as StrokeChoice, planned.minutes),
            }
          : undefined;
    if (!next) return;
    const delay = Math.min(TIMER_LIMIT_MS, Math.max(0, next.at - Date.now()));
    held.timer = setTimeout(() => this.later(next.run), delay);
    held.timer.unref();
  }

  private ofClass(classId: string): Held[] {
    return [...this.held.values()].filter((held) => held.classId === classId);
  }

  private running(roundId: string, kind: Held["kind"]): Held {
    const held = this.held.get(roundId);
    if (held?.kind !== kind) throw notFound("race");
    if (isOver(held)) throw new AppError("CONFLICT", "This race is over.");
    return held;
  }

  private async viewOf(held: Held): Promise<{ forStaff: Round; forLearners: Round }> {
    const { id, classId, kind, events } = held;
    const [members, labs, row] = await Promise.all([
      this.db.membership.findMany({ where: { classId, role: "learner" }, select: { userId: true, nickname: true } }),
      kind === "race" ? this.db.lab.findMany({ where: { roundId: id }, select: { id: true, ownerId: true } }) : [],
      this.db.class.findUnique({ where: { id: classId }, select: { leaderboard: true } }),
    ]);
    const nicknames = new Map(members.map(({ userId, nickname }) => [userId, nickname]));
    const labOf = new Map(labs.map(({ id: labId, ownerId }) => [ownerId, labId]));
    const facts: RoundFacts = {
      ...{ id, classId, events, at: Date.now() },
      nicknameOf: (userId) => nicknames.get(userId),
      labOf: (userId) => labOf.get(userId),
    };
    const ranked = row?.leaderboard === true;
    if (kind === "chaos") {
      const chaos = makeChaos(facts);
      return { forStaff: chaos, forLearners: unranked(withoutFault(chaos), ranked) };
    }
    const checks = this.catalogue.find(opened(held).challengeId)?.checks.length ?? 0;
    const race = makeRace(facts, checks);
    return { forStaff: race, forLearners: unranked(race, ranked) };
  }

  private tellSoon(held: Held): void {
    if (this.telling.has(held.id)) return;
    const tell = async () => {
      this.telling.delete(held.id);
      const { forStaff, forLearners } = await this.viewOf(held);
      this.events.emit("round", held.classId, forStaff, forLearners);
    };
    const heads = new Set(held.events.flatMap((event) => ("userId" in event ? [event.userId] : []))).size;
    const timer = setTimeout(() => this.later(tell), TELL_MS + heads * TELL_PER_HEAD_MS);
    timer.unref();
    this.telling.set(held.id, timer);
  }

  private later(run: () => Promise<unknown>): void {
    const work: Promise<unknown> = run()
      .catch(console.error)
      .finally(() => this.work.delete(work));
    this.work.add(work);
  }
}

const isOver = ({ events }: Held): boolean => events.some(({ type }) => type === "ended");

function opened({ events }: Pick<Held, "events">) {
  const event = events.find(({ type }) => type === "opened");
  if (event?.type !== "opened") throw notFound("race");
  return event;
}

/** A class that wants no ranking sees how many, not who: its learners find themselves by their own lab alone. */
function unranked<R extends Round>(round: R, ranked: boolean): R {
  if (ranked) return round;
  if (round.kind === "race")
    return { ...round, racers: round.racers.map((racer) => ({ ...racer, place: 0, nickname: "" })) };
  return { ...round, stricken: round.stricken.map((one) => ({ ...one, place: 0, nickname: "" })) };
}

async function eachOf<T>(all: readonly T[], work: (one: T) => Promise<unknown>): Promise<void> {
  const queue = [...all];
  const hand = async () => {
    for (let one = queue.shift(); one !== undefined; one = queue.shift()) await work(one);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, hand));
}
