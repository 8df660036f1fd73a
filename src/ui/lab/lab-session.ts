import type { LabState, ServerEvents } from "@/server/realtime/protocol";
import { ask, type PodiumSocket, podiumSocket, RequestError } from "../data/socket";
import { notify } from "../design/toast";
import { emptyView, type LabView, withChecks, withDelta, withState, withTraffic } from "./lab-view";

const LIT_MS = 400;

/**
 * One open lab: keeps a `LabView` current from the socket's events, and opens the lab again after every reconnect.
 * Components read it through `useLab`.
 */
export class LabSession {
  private view: LabView;
  private readonly listeners = new Set<() => void>();
  private socket?: PodiumSocket;
  private stopListening: (() => void)[] = [];
  private nextTraffic = 1;

  constructor(
    readonly labId: string,
    /** Only looks on: an instructor at a learner's lab. */
    readonly readOnly = false,
  ) {
    this.view = emptyView(labId);
  }

  current = (): LabView => this.view;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Connects; the returned function lets go again. */
  start(): () => void {
    const socket = podiumSocket();
    this.socket = socket;
    const on = <E extends keyof ServerEvents>(event: E, listener: ServerEvents[E]) => {
      socket.on(event, listener as any);
      this.stopListening.push(() => socket.off(event, listener as any));
    };
    const mine = (message: { labId: string }) => message.labId === this.labId;
    on("lab:state", (state) => mine(state) && this.takeState(state));
    on("cluster:delta", (delta) => mine(delta) && this.set(withDelta(this.view, delta, performance.now())));
    on("lab:time", ({ labId, ...time }) => {
      if (labId === this.labId) this.set({ ...this.view, time, timeReceivedAt: performance.now() });
    });
    on("checks", (checks) => mine(checks) && this.set(withChecks(this.view, checks)));
    on("traffic", (traffic) => mine(traffic) && this.light(traffic));
    on("class:frozen", ({ classId, frozen }) => {
      if (classId === this.view.classId) this.set({ ...this.view, frozen });
    });
    on("editor:open", ({ labId, ...edit }) => {
      if (labId !== this.labId || this.readOnly) return;
      this.set({ ...this.view, edits: [...this.view.edits.filter(({ editId }) => editId !== edit.editId), edit] });
    });
    const onConnect = () => void this.open();
    const onLost = () => this.set({ ...this.view, connection: "lost" });
    socket.on("connect", onConnect);
    socket.on("disconnect", onLost);
    socket.on("connect_error", onLost);
    this.stopListening.push(() => {
      socket.off("connect", onConnect);
      socket.off("disconnect", onLost);
      socket.off("connect_error", onLost);
    });
    if (socket.connected) void this.open();
    return () => {
      for (const stop of this.stopListening) stop();
      this.stopListening = [];
      socket.emit("lab:close", { labId: this.labId });
    };
  }

  control(action: "pause" | "resume" | "next-change" | "skip", skipMs?: number): void {
    this.attempt(async () => {
      const time = await ask("time:control", { labId: this.labId, action, skipMs });
      this.set({ ...this.view, time, timeReceivedAt: performance.now() });
    });
  }

  undo(): void {
    this.attempt(async () => {
      await ask("lab:undo", { labId: this.labId });
    });
  }

  async reset(): Promise<void> {
    await this.attempt(async () => {
      this.set({ ...this.view, fresh: [], edits: [], report: undefined });
      this.takeState(await ask("lab:reset", { labId: this.labId }));
    });
  }

  async runChecks(): Promise<void> {
    await this.attempt(async () => {
      const report = await ask("checks:run", { labId: this.labId });
      this.set({ ...this.view, report });
    });
  }

  async answer(question: string, value: string | string[]): Promise<void> {
    await this.attempt(async () => {
      const report = await ask("answer:give", { labId: this.labId, question, value });
      this.set({ ...this.view, report, answers: { ...this.view.answers, [question]: value } });
    });
  }

  /** A line was entered in a terminal, or a file saved. */
  noteAction(): void {
    if (!this.view.acted) this.set({ ...this.view, acted: true });
  }

  async takeHint(language: string): Promise<{ index: number; text: string; cost: number } | undefined> {
    return this.attempt(async () => {
      const hint = await ask("hint:take", { labId: this.labId, language });
      this.set({ ...this.view, hintsTaken: Math.max(this.view.hintsTaken, hint.index + 1) });
      return hint;
    });
  }

  raiseHand(raised: boolean): void {
    this.socket?.emit("hand:raise", { labId: this.labId, raised });
    this.set({ ...this.view, handRaised: raised });
  }

  finishEdit(editId: string, content: string | null): void {
    this.socket?.emit("editor:done", { labId: this.labId, editId, content });
    this.noteAction();
    this.set({ ...this.view, edits: this.view.edits.filter((edit) => edit.editId !== editId) });
  }

  private async open(): Promise<void> {
    try {
      this.takeState(await ask("lab:open", { labId: this.labId }));
    } catch (cause) {
      const error = cause instanceof RequestError ? cause : new RequestError("unknown", String(cause));
      // A slow answer after a reconnect is tried again by the next connect; what the server refuses stays refused.
      if (error.code !== "timeout") this.set({ ...this.view, error: { code: error.code, message: error.message } });
    }
  }

  private takeState(state: LabState): void {
    this.set(withState(this.view, state, performance.now()));
  }

  private light(traffic: Parameters<ServerEvents["traffic"]>[0]): void {
    const id = this.nextTraffic++;
    this.set(withTraffic(this.view, traffic, id));
    setTimeout(() => this.set({ ...this.view, traffic: this.view.traffic.filter((one) => one.id !== id) }), LIT_MS);
  }

  private async attempt<T>(action: () => Promise<T>): Promise<T | undefined> {
    try {
      return await action();
    } catch (cause) {
      notify({ kind: "warning", text: cause instanceof Error ? cause.message : String(cause) });
      return undefined;
    }
  }

  private set(view: LabView): void {
    this.view = view;
    for (const listener of this.listeners) listener();
  }
}
