import type { Socket } from "socket.io";
import type { SessionUser } from "../auth/session";
import { demandLab, demandRole, type LabAccess, type LabRow, STAFF } from "../classes/access";
import { AppError, forbidden, toAnswer } from "../errors";
import { RateLimit } from "../rate-limit";
import type { Services } from "../services";
import type { Ack, ClientEvents, ServerEvents } from "./protocol";
import { type Input, schemas } from "./schemas";

export type PodiumSocket = Socket<
  ClientEvents,
  ServerEvents,
  Record<string, never>,
  { user: SessionUser; headers: Headers }
>;

/** Labs that one page keeps open at once: an instructor's room opens some. */
const LABS_LIMIT = 12;
const CLASSES_LIMIT = 20;
const NOT_BEGUN = "The race begins in a moment.";
const FROZEN = "Your instructor has stopped all input for a moment. Nothing is lost.";

export const labRoom = (labId: string) => `lab:${labId}`;
export const terminalRoom = (labId: string, terminalId: string) => `terminal:${labId}:${terminalId}`;
export const classRoom = (classId: string) => `class:${classId}`;
export const boardRoom = (classId: string) => `board:${classId}`;
export const roundsRoom = (classId: string, staff: boolean) => `rounds:${staff ? "staff" : "learners"}:${classId}`;
export const userRoom = (userId: string) => `user:${userId}`;

type Event = keyof ClientEvents;
type AnswerOf<E extends Event> = Parameters<ClientEvents[E]> extends [unknown, Ack<infer T>] ? T : undefined;
type Handlers = { [E in Event]: (input: Input<E>) => Promise<AnswerOf<E>> };

interface Known {
  access: LabAccess;
  classId?: string;
  roundId?: string;
}

const knownOf = (access: LabAccess, { classId, roundId }: LabRow): Known => ({
  access,
  ...(classId && { classId }),
  ...(roundId && { roundId }),
});

/** Everything that one page asks for over its socket. Each event is validated, limited and authorised before it does anything. */
export class Connection {
  private labs = new Map<string, Known>();
  private watchedClasses = new Set<string>();
  private watchedBoards = new Set<string>();
  private watchedRounds = new Set<string>();
  private readonly user: SessionUser;
  private readonly requests = new RateLimit(120, 1200);
  private readonly keys = new RateLimit(256 * 1024, 60 * 64 * 1024);
  private gone = false;

  constructor(
    private readonly socket: PodiumSocket,
    private readonly services: Services,
  ) {
    this.user = socket.data.user;
    void socket.join(userRoom(this.user.id));
    for (const event of Object.keys(schemas) as Event[]) {
      (socket as { on(event: string, listener: (input: unknown, ack?: unknown) => void): void }).on(
        event,
        (input, ack) => void this.receive(event, input, ack),
      );
    }
    socket.on("disconnect", () => this.leave());
  }

  private async receive(event: Event, raw: unknown, ack: unknown): Promise<void> {
    const answer = typeof ack === "function" ? (ack as (answer: unknown) => void) : undefined;
    try {
      const parsed = schemas[event].safeParse(raw);
      if (!parsed.success) throw new AppError("BAD_REQUEST", `This is no ${event}.`);
      if (
        event === "terminal:input"
          ? !this.keys.take("", (parsed.data as Input<"terminal:input">).data.length)
          : !this.requests.take("")
      ) {
        throw new AppError("TOO_MANY_REQUESTS", "Too much at once. Wait a moment.");
      }
      const data = await (this.handlers[event] as (input: unknown) => Promise<unknown>)(parsed.data);
      answer?.({ ok: true, data });
    } catch (error) {
      const told = toAnswer(error);
      if (told.code === "INTERNAL_SERVER_ERROR") console.error(`${event} failed:`, error);
      if (answer) answer({ ok: false, error: told });
      else if (told.code !== "NOT_FOUND") this.socket.emit("notice", { kind: "warning", text: told.message });
    }
  }

  /** How this page may use a lab. Asked once per page and lab; a changed role ends the connection, see `server.ts`. */
  private async access(labId: string): Promise<LabAccess> {
    return (await this.known(labId)).access;
  }

  private async known(labId: string): Promise<Known> {
    const known = this.labs.get(labId);
    if (known) return known;
    const { access, lab } = await demandLab(this.services.db, this.user, labId);
    return knownOf(access, lab);
  }

  private async play(labId: string): Promise<void> {
    const { access, classId, roundId } = await this.known(labId);
    if (access !== "owner") throw forbidden("You look on in this lab; only its learner acts in it.");
    if (classId && this.services.rooms.isFrozen(classId)) throw forbidden(FROZEN);
    if (roundId && !this.services.rounds.mayAct(roundId)) throw forbidden(NOT_BEGUN);
  }

  private readonly handlers: Handlers = {
    "lab:open": async ({ labId }) => {
      const { access, lab } = await demandLab(this.services.db, this.user, labId);
      if (this.gone) throw new AppError("BAD_REQUEST", "The page has gone.");
      if (!this.labs.has(labId)) {
        if (this.labs.size >= LABS_LIMIT)
          throw new AppError("TOO_MANY_REQUESTS", `A page opens at most ${LABS_LIMIT} labs.`);
        this.labs.set(labId, knownOf(access, lab));
        await this.socket.join(labRoom(labId));
        if (access === "owner") this.services.labs.look(labId, 1);
      }
      const frozen = lab.classId !== null && this.services.rooms.isFrozen(lab.classId);
      return { ...(await this.services.labs.state(labId)), frozen };
    },
    "lab:close": async ({ labId }) => {
      const access = this.labs.get(labId)?.access;
      this.labs.delete(labId);
      for (const room of this.socket.rooms) {
        if (room === labRoom(labId) || room.startsWith(terminalRoom(labId, ""))) await this.socket.leave(room);
      }
      if (access === "owner") this.services.labs.look(labId, -1);
      return undefined;
    },
    "terminal:open": async ({ labId, ...terminal }) => {
      const create = (await this.access(labId)) === "owner";
      const { scrollback } = await this.services.labs.play("terminalOpen", { labId, ...terminal, create });
      // In the same turn as the answer came in: what is printed from here on follows the scrollback without gap or repetition.
      void this.socket.join(terminalRoom(labId, terminal.terminalId));
      return { scrollback, readOnly: !create };
    },
    "terminal:input": async (input) => {
      await this.play(input.labId);
      this.services.labs.pool.tell("terminalInput", input);
      this.services.labs.events.emit("activity", input.labId, { typed: true });
      return undefined;
    },
    "terminal:resize": async (input) => {
      await this.play(input.labId);
      this.services.labs.pool.tell("terminalResize", input);
      return undefined;
    },
    "terminal:close": async (input) => {
      await this.play(input.labId);
      await this.services.labs.play("terminalClose", input);
      return undefined;
    },
    "time:control": async ({ labId, action, skipMs }) => {
      await this.play(labId);
      return this.services.labs.play("time", { labId, action, ...(skipMs === undefined ? {} : { skipMs }) });
    },
    "lab:undo": async (input) => {
      await this.play(input.labId);
      return this.services.labs.play("undo", input);
    },
    "lab:reset": async (input) => {
      await this.play(input.labId);
      await this.services.labs.play("reset", input);
      return this.services.labs.state(input.labId);
    },
    "checks:run": async (input) => {
      await this.play(input.labId);
      return this.services.labs.play("grade", input);
    },
    "answer:give": async ({ labId, question, value }) => {
      await this.play(labId);
      return this.services.labs.answer(labId, question, value);
    },
    "hint:take": async ({ labId, language }) => {
      await this.play(labId);
      return this.services.labs.takeHint(labId, language ?? "en");
    },
    "hand:raise": async ({ labId, raised }) => {
      await this.play(labId);
      await this.services.labs.raiseHand(labId, raised);
      return undefined;
    },
    "file:list": async (input) => {
      await this.access(input.labId);
      return this.services.labs.play("fileList", input);
    },
    "file:read": async (input) => {
      await this.access(input.labId);
      return this.services.labs.play("fileRead", input);
    },
    "file:write": async (input) => {
      await this.play(input.labId);
      return this.services.labs.play("fileWrite", input);
    },
    "editor:done": async (input) => {
      await this.play(input.labId);
      await this.services.labs.play("editorDone", input);
      return undefined;
    },
    "object:read": async ({ labId, resource, name, namespace, container }) => {
      await this.access(labId);
      const place = { ...(namespace ? { namespace } : {}), ...(container ? { container } : {}) };
      return this.services.labs.play("objectRead", { labId, resource, name, ...place });
    },
    "class:watch": async ({ classId }) => {
      await demandRole(this.services.db, this.user, classId, STAFF);
      await this.watch(classId, this.watchedClasses, classRoom);
      const [tiles, board] = await Promise.all([
        this.services.rooms.tiles(classId),
        this.services.rooms.board(classId),
      ]);
      return { tiles, board };
    },
    "class:unwatch": async ({ classId }) => {
      await this.unwatch(classId, this.watchedClasses, classRoom);
      await this.unwatch(classId, this.watchedBoards, boardRoom);
      await this.unwatch(classId, this.watchedRounds, (one) => roundsRoom(one, true));
      await this.socket.leave(roundsRoom(classId, false));
      return undefined;
    },
    "class:message": async ({ classId, userId, text }) => {
      await demandRole(this.services.db, this.user, classId, STAFF);
      return { told: await this.services.rooms.message(classId, { from: this.user.name, text, userId }) };
    },
    "class:freeze": async ({ classId, frozen }) => {
      await demandRole(this.services.db, this.user, classId, STAFF);
      await this.services.rooms.freeze(classId, frozen);
      return { frozen };
    },
    "board:watch": async ({ classId }) => {
      const role = await demandRole(this.services.db, this.user, classId);
      if (!STAFF.includes(role) && !(await this.services.rooms.hasBoard(classId)))
        throw forbidden("This class does without a leaderboard.");
      await this.watch(classId, this.watchedBoards, boardRoom);
      return this.services.rooms.board(classId);
    },
    "rounds:watch": async ({ classId }) => {
      const staff = STAFF.includes(await demandRole(this.services.db, this.user, classId));
      await this.watch(classId, this.watchedRounds, (one) => roundsRoom(one, staff));
      return { rounds: await this.services.rounds.current(classId, staff) };
    },
  };

  private async watch(classId: string, watched: Set<string>, room: (classId: string) => string): Promise<void> {
    if (watched.has(classId) || this.gone) return;
    if (watched.size >= CLASSES_LIMIT)
      throw new AppError("TOO_MANY_REQUESTS", `A page watches at most ${CLASSES_LIMIT} classes.`);
    watched.add(classId);
    this.services.rooms.watch(classId);
    await this.socket.join(room(classId));
  }

  private async unwatch(classId: string, watched: Set<string>, room: (classId: string) => string): Promise<void> {
    if (!watched.delete(classId)) return;
    this.services.rooms.unwatch(classId);
    await this.socket.leave(room(classId));
  }

  private leave(): void {
    this.gone = true;
    for (const [labId, { access }] of this.labs) if (access === "owner") this.services.labs.look(labId, -1);
    for (const classId of [...this.watchedClasses, ...this.watchedBoards, ...this.watchedRounds])
      this.services.rooms.unwatch(classId);
    this.labs.clear();
    this.watchedClasses.clear();
    this.watchedBoards.clear();
    this.watchedRounds.clear();
  }
}
