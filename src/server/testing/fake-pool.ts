import { EventEmitter } from "node:events";
import type { GradeReport } from "@/grading/report";
import type { CallInput, CallResult, LabCall, LabSeed, LabView } from "../labs/messages";
import type { LabPool } from "../labs/pool";

/** Answers calls into labs without any lab, and remembers them: for tests of what is in front of the labs. */
export class FakePool implements LabPool {
  readonly events: LabPool["events"] = new EventEmitter();
  readonly calls: { call: LabCall; input: unknown }[] = [];
  private open = new Map<string, LabSeed>();

  async call<C extends LabCall>(call: C, input: CallInput<C>): Promise<CallResult<C>> {
    this.calls.push({ call, input });
    if (call === "open") this.open.set(input.labId, input as LabSeed);
    if (call === "drop") this.open.delete(input.labId);
    return this.answers[call]?.(input) as CallResult<C>;
  }

  tell<C extends LabCall>(call: C, input: CallInput<C>): void {
    this.calls.push({ call, input });
  }

  holds = (labId: string) => this.open.has(labId);
  apiSocket = () => undefined;
  inMemory = () => this.open.size;
  close = async () => {};

  /** The calls into a lab, in order. */
  callsTo(labId: string): LabCall[] {
    return this.calls.filter(({ input }) => (input as { labId: string }).labId === labId).map(({ call }) => call);
  }

  /** A lab tells that its checks came out like this. */
  report(labId: string, passed: Record<string, boolean>): void {
    this.events.emit("report", { labId, report: this.reportOf(labId, passed), newlyPassed: [] });
  }

  private reportOf(labId: string, passed: Record<string, boolean> = {}): GradeReport {
    const challenge = this.open.get(labId)?.challenge;
    const checks = (challenge?.checks ?? []).map(({ id, points }) => ({
      id,
      passed: passed[id] ?? false,
      points: passed[id] ? points : 0,
      maxPoints: points,
      causes: [],
    }));
    const points = checks.reduce((sum, check) => sum + check.points, 0);
    const maxPoints = checks.reduce((sum, check) => sum + check.maxPoints, 0);
    return {
      challenge: challenge?.id ?? "",
      version: 1,
      atMs: 0,
      checks,
      points,
      maxPoints,
      passed: checks.every((check) => check.passed),
    };
  }

  private readonly answers: { [C in LabCall]?: (input: any) => unknown } = {
    open: (): LabView => ({ time: { nowMs: 0, speed: 1 }, objects: [], events: [], terminals: [], canUndo: false }),
    reset: (): LabView => ({ time: { nowMs: 0, speed: 1 }, objects: [], events: [], terminals: [], canUndo: false }),
    terminalOpen: () => ({ scrollback: "$ " }),
    time: () => ({ nowMs: 1, speed: 1 }),
    undo: () => ({ nowMs: 1 }),
    grade: ({ labId }) => this.reportOf(labId),
    answers: ({ labId }) => this.reportOf(labId),
    fileList: () => [],
    fileRead: () => ({ content: "" }),
    fileWrite: () => ({ sizeBytes: 0 }),
    strike: () => ({ fault: "kill-pods" }),
    objectRead: () => ({ yaml: "", describe: "", commands: [] }),
  };
}
