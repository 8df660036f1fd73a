import type { Browser, BrowserContext } from "@playwright/test";
import { io, type Socket } from "socket.io-client";
import superjson from "superjson";
import type { Race } from "../../src/server/realtime/protocol";
import type { PodiumServer } from "./server";

const ANSWER_LIMIT_MS = 20_000;
const WORK_LIMIT_MS = 90_000;

/** A learner without a page: the same procedures and the same socket, so that a class fits into one machine. */
export class LightLearner {
  private socket!: Socket;
  private race: Race | undefined;
  private passed = new Set<string>();
  private solved = false;
  private printed = "";

  private constructor(
    readonly nickname: string,
    private readonly podium: PodiumServer,
    private readonly context: BrowserContext,
  ) {}

  /** Comes in as a guest and joins the class. */
  static async join(browser: Browser, podium: PodiumServer, joinCode: string, nickname: string): Promise<LightLearner> {
    const learner = new LightLearner(nickname, podium, await browser.newContext({ baseURL: podium.url }));
    await learner.call("auth.guest", {});
    const { id: classId } = await learner.call<{ id: string }>("classes.join", { joinCode, nickname });
    const cookies = await learner.context.cookies();
    learner.socket = io(podium.url, {
      transports: ["websocket"],
      extraHeaders: { cookie: cookies.map(({ name, value }) => `${name}=${value}`).join("; ") },
    });
    learner.socket.on("class:round", (round) => {
      if (round.kind === "race") learner.race = round;
    });
    learner.socket.on("checks", ({ newlyPassed, solved }) => {
      for (const id of newlyPassed) learner.passed.add(id);
      learner.solved ||= solved;
    });
    learner.socket.on("terminal:output", ({ data }) => {
      learner.printed += data;
    });
    await learner.ask("rounds:watch", { classId });
    return learner;
  }

  async joinRace(roundId: string): Promise<void> {
    await this.call("rounds.joinRace", { roundId });
  }

  /** Waits for the start of the race and opens a terminal in its lab. */
  async begin(): Promise<string> {
    await this.until(() => this.race?.phase === "started" && this.race.startsAt! <= Date.now(), "the start");
    const me = await this.call<{ id: string }>("auth.me");
    const labId = this.race!.racers.find(({ userId }) => userId === me.id)!.labId!;
    await this.ask("lab:open", { labId });
    await this.ask("terminal:open", { labId, terminalId: "1", columns: 120, rows: 30 });
    return labId;
  }

  async type(labId: string, line: string): Promise<void> {
    this.printed = "";
    this.socket.emit("terminal:input", { labId, terminalId: "1", data: `${line}\r` });
    await this.until(() => /\$ $/.test(this.printed), `a prompt after ${line}`);
  }

  async skip(labId: string, skipMs: number): Promise<void> {
    await this.ask("time:control", { labId, action: "skip", skipMs });
  }

  async untilPassed(check: string): Promise<void> {
    await this.until(() => this.passed.has(check), check);
  }

  async untilSolved(): Promise<void> {
    await this.until(() => this.solved, "the solution");
  }

  async leave(): Promise<void> {
    this.socket.disconnect();
    await this.context.close();
  }

  private async call<T>(procedure: string, input?: unknown): Promise<T> {
    const reads = procedure === "auth.me";
    const response = reads
      ? await this.context.request.get(`/api/trpc/${procedure}`)
      : await this.context.request.post(`/api/trpc/${procedure}`, {
          data: superjson.serialize(input),
          headers: { origin: this.podium.url },
        });
    const body = await response.json();
    if (!response.ok()) throw new Error(`${this.nickname}: ${procedure}: ${JSON.stringify(body)}`);
    return superjson.deserialize(body.result.data);
  }

  private async ask(event: string, input: unknown): Promise<void> {
    const answer = await this.socket.timeout(ANSWER_LIMIT_MS).emitWithAck(event, input);
    if (!answer.ok) throw new Error(`${this.nickname}: ${event}: ${answer.error.message}`);
  }

  private async until(condition: () => boolean, what: string): Promise<void> {
    const deadline = Date.now() + WORK_LIMIT_MS;
    while (!condition()) {
      if (Date.now() > deadline) throw new Error(`${this.nickname} waited for ${what} in vain:\n${this.printed}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
