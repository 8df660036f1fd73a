import { EventEmitter } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { AppError, type ErrorCode } from "../errors";
import {
  ASLEEP,
  type CallInput,
  type CallResult,
  type FromWorker,
  type LabCall,
  type LabNews,
  type ToWorker,
  type WorkerOptions,
} from "./messages";

/** How long a call into a lab may take: restoring a long journal is the slowest. */
const CALL_LIMIT_MS = 60_000;

interface Waiting {
  labId: string;
  resolve(value: unknown): void;
  reject(error: unknown): void;
  timer: NodeJS.Timeout;
}

interface Hand {
  worker: Worker;
  apiSocket: string;
  labs: Set<string>;
  waiting: Map<number, Waiting>;
}

/** Calls that go to the worker that holds a lab; the least busy one takes a lab that nobody holds. */
export interface LabPool {
  call<C extends LabCall>(call: C, input: CallInput<C>): Promise<CallResult<C>>;
  /** Without an answer: key strokes and the like. */
  tell<C extends LabCall>(call: C, input: CallInput<C>): void;
  holds(labId: string): boolean;
  /** Where a lab that is held answers HTTP requests to its API. */
  apiSocket(labId: string): string | undefined;
  inMemory(): number;
  readonly events: EventEmitter<{ [E in keyof LabNews]: [LabNews[E]] } & { lost: [string[]] }>;
  close(): Promise<void>;
}

/** The worker threads that run the simulations. A thread that dies is replaced; its labs come back from the journal. */
export class WorkerPool implements LabPool {
  readonly events: LabPool["events"] = new EventEmitter();
  private hands: Hand[] = [];
  private byLab = new Map<string, Hand>();
  private nextId = 1;
  private hired = 0;
  /** Nobody but this user gets into it. */
  private readonly folder = mkdtempSync(path.join(tmpdir(), "podium-labs-"));
  private closing = false;

  constructor(
    private readonly entry: URL,
    private readonly options: Omit<WorkerOptions, "apiSocket"> & { threads: number; execArgv?: string[] },
  ) {
    for (let index = 0; index < options.threads; index++) this.hands.push(this.hire());
  }

  async call<C extends LabCall>(call: C, input: CallInput<C>): Promise<CallResult<C>> {
    const hand = this.handFor(input.labId, call);
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        hand.waiting.delete(id);
        reject(new Error(`lab ${input.labId} did not answer ${call} within ${CALL_LIMIT_MS} ms`));
      }, CALL_LIMIT_MS);
      hand.waiting.set(id, { labId: input.labId, resolve: resolve as (value: unknown) => void, reject, timer });
      hand.worker.postMessage({ id, call, input } satisfies ToWorker);
    });
  }

  tell<C extends LabCall>(call: C, input: CallInput<C>): void {
    this.byLab.get(input.labId)?.worker.postMessage({ id: 0, call, input } satisfies ToWorker);
  }

  holds(labId: string): boolean {
    return this.byLab.has(labId);
  }

  apiSocket(labId: string): string | undefined {
    return this.byLab.get(labId)?.apiSocket;
  }

  inMemory(): number {
    return this.byLab.size;
  }

  async close(): Promise<void> {
    this.closing = true;
    await Promise.all(
      this.hands.map(async (hand) => {
        const done = new Promise<void>((resolve) => hand.worker.once("exit", () => resolve()));
        hand.worker.postMessage({ id: 0, call: "shutdown", input: { labId: "" } } satisfies ToWorker);
        await done;
      }),
    );
    rmSync(this.folder, { recursive: true, force: true });
  }

  private handFor(labId: string, call: LabCall): Hand {
    let hand = this.byLab.get(labId);
    if (!hand) {
      if (call !== "open") throw Object.assign(new Error(`lab ${labId} is asleep`), { code: ASLEEP });
      hand = this.hands.reduce((least, other) => (other.labs.size < least.labs.size ? other : least));
      hand.labs.add(labId);
      this.byLab.set(labId, hand);
    }
    return hand;
  }

  private forget(hand: Hand, labId: string): void {
    hand.labs.delete(labId);
    this.byLab.delete(labId);
  }

  private hire(): Hand {
    const { databaseUrl, execArgv } = this.options;
    const name = `${this.hired++}.sock`;
    const apiSocket =
      process.platform === "win32"
        ? `\\\\.\\pipe\\${path.basename(this.folder)}-${name}`
        : path.join(this.folder, name);
    const worker = new Worker(this.entry, {
      workerData: { databaseUrl, apiSocket } satisfies WorkerOptions,
      ...(execArgv ? { execArgv } : {}),
    });
    const hand: Hand = { worker, apiSocket, labs: new Set(), waiting: new Map() };
    worker.on("message", (message: FromWorker) => this.receive(hand, message));
    worker.on("error", (error) => console.error(`A lab worker failed: ${error.stack ?? error}`));
    worker.on("exit", () => this.replace(hand));
    return hand;
  }

  private receive(hand: Hand, message: FromWorker): void {
    if (message.kind === "event") {
      if (message.event === "asleep") this.forget(hand, message.payload.labId);
      (this.events as EventEmitter).emit(message.event, message.payload);
      return;
    }
    const waiting = hand.waiting.get(message.id);
    if (!waiting) return;
    hand.waiting.delete(message.id);
    clearTimeout(waiting.timer);
    if (message.ok) waiting.resolve(message.result);
    else if (message.error.code === ASLEEP)
      waiting.reject(Object.assign(new Error(message.error.message), { code: ASLEEP }));
    else if (message.error.code) waiting.reject(new AppError(message.error.code as ErrorCode, message.error.message));
    else waiting.reject(Object.assign(new Error(message.error.message), { stack: message.error.stack }));
  }

  private replace(hand: Hand): void {
    for (const waiting of hand.waiting.values()) {
      clearTimeout(waiting.timer);
      waiting.reject(new Error("the lab worker ended"));
    }
    if (this.closing) return;
    const lost = [...hand.labs];
    for (const labId of lost) this.forget(hand, labId);
    this.hands[this.hands.indexOf(hand)] = this.hire();
    this.events.emit("lost", lost);
  }
}
