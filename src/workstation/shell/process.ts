import type { Ended } from "@/posix/shell/host";
import type { Tty } from "../terminal/tty";
import { ProcessEnded, type SignalName } from "../tools/tool";
import type { OpenFile } from "./open-file";

/** A process of a machine: a tool or a shell. */
export class Process {
  readonly children = new Set<number>();
  ended: Ended | undefined;
  stopped = false;
  /** Its parent has asked how it ended, or does not care to. */
  reaped = false;
  tty: Tty | undefined;
  readonly signalListeners = new Map<SignalName, () => void>();
  private readonly cleanups: (() => void)[] = [];
  private readonly endWaiters = new Set<() => void>();
  private readonly resumeWaiters = new Set<() => void>();
  /** Given signals as a shell wants them: traps. True where it deals with the signal itself. */
  onSignal: ((signal: SignalName) => boolean) | undefined;

  constructor(
    readonly pid: number,
    readonly parentPid: number,
    public argv: readonly string[],
    public env: Readonly<Record<string, string>>,
    public cwd: string,
    readonly fds: Map<number, OpenFile>,
    /** Members of a job share it; the terminal's signals go to one. */
    public group: number,
    readonly user: string,
    readonly startedMs: number,
  ) {}

  onEnd(cleanup: () => void): void {
    if (this.ended) cleanup();
    else this.cleanups.push(cleanup);
  }

  /** Told, once, when it ends or stops. */
  watch(wake: () => void): () => void {
    this.endWaiters.add(wake);
    return () => this.endWaiters.delete(wake);
  }

  notify(): void {
    const waiting = [...this.endWaiters];
    this.endWaiters.clear();
    for (const wake of waiting) wake();
  }

  /** Waits while it is stopped; throws where it has ended. */
  async gate(): Promise<void> {
    while (this.stopped && !this.ended) await new Promise<void>((resolve) => this.resumeWaiters.add(resolve));
    if (this.ended) throw new ProcessEnded();
  }

  /** The result of `promise`, unless the process ends before. */
  async race<T>(promise: Promise<T>): Promise<T> {
    if (this.ended) throw new ProcessEnded();
    let leave: () => void = () => {};
    const end = new Promise<never>((_, reject) => {
      leave = this.whenEnded(() => reject(new ProcessEnded()));
    });
    try {
      const value = await Promise.race([promise, end]);
      await this.gate();
      return value;
    } finally {
      leave();
    }
  }

  resume(): void {
    this.stopped = false;
    const waiting = [...this.resumeWaiters];
    this.resumeWaiters.clear();
    for (const wake of waiting) wake();
  }

  /** For the machine only: marks it ended and runs what was to run then. */
  finish(ended: Ended): void {
    this.ended = ended;
    for (const cleanup of this.cleanups.splice(0)) cleanup();
    for (const listener of [...this.ending]) listener();
    this.ending.clear();
    this.resume();
    this.notify();
  }

  private readonly ending = new Set<() => void>();

  private whenEnded(listener: () => void): () => void {
    this.ending.add(listener);
    return () => this.ending.delete(listener);
  }
}
