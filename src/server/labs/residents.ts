import type { LabEngine } from "./engine";
import { HostedLab } from "./hosted-lab";
import type { Journal } from "./journal";
import { ASLEEP, type CallInput, type CallResult, type LabCall, type LabEvent, type LabSeed } from "./messages";

/** A lab that nobody looks at is forgotten after this long; it comes back from its snapshot in a moment. */
const SLEEP_AFTER_MS = 60_000;
/** Commands may go on for so long after everybody has left. */
const BUSY_LIMIT_MS = 10 * 60_000;
const SWEEP_EVERY_MS = 10_000;

/** The labs that live in one worker, and the calls into them. */
export class Residents {
  private labs = new Map<string, Promise<HostedLab>>();
  private leaving = new Map<string, Promise<void>>();
  private sweeper: NodeJS.Timeout;

  constructor(
    private readonly engine: LabEngine,
    private readonly journal: Journal,
    private readonly send: (event: LabEvent) => void,
    private readonly wallNow: () => number = Date.now,
  ) {
    this.sweeper = setInterval(() => void this.sweep(), SWEEP_EVERY_MS);
    this.sweeper.unref();
  }

  /** A lab that is in memory, for what does not come as a call. */
  async find(labId: string): Promise<HostedLab | undefined> {
    await this.leaving.get(labId);
    return this.labs.get(labId);
  }

  async call<C extends LabCall>(call: C, input: CallInput<C>): Promise<CallResult<C>> {
    return (await this.dispatch(call, input as CallInput<any>)) as CallResult<C>;
  }

  private async dispatch(call: LabCall, input: any): Promise<unknown> {
    if (call === "shutdown") return this.shutdown();
    const { labId } = input as { labId: string };
    if (call === "open") {
      await this.leaving.get(labId);
      return (await this.open(input)).view();
    }
    const lab = await this.find(labId);
    if (!lab) {
      if (call === "drop" || call === "sleep" || call === "viewers") return undefined;
      throw Object.assign(new Error(`lab ${labId} is asleep`), { code: ASLEEP });
    }
    switch (call) {
      case "viewers":
        return lab.setViewers(input.count);
      case "terminalOpen":
        return lab.openTerminal(input.terminalId, input.columns, input.rows, input.create);
      case "terminalInput":
        return lab.input(input.terminalId, input.data);
      case "terminalResize":
        return lab.resize(input.terminalId, input.columns, input.rows);
      case "terminalClose":
        return lab.closeTerminal(input.terminalId);
      case "time":
        return lab.control(input.action, input.skipMs);
      case "undo":
        return lab.undo();
      case "reset":
        return lab.reset();
      case "grade":
        return lab.grade();
      case "answers":
        lab.setAnswers(input.answers);
        return lab.grade();
      case "hints":
        return lab.setHints(input.hintsTaken);
      case "fileList":
        return lab.fileList();
      case "fileRead":
        return lab.fileRead(input.path);
      case "fileWrite":
        return lab.fileWrite(input.path, input.content);
      case "editorDone":
        return lab.editorDone(input.editId, input.content);
      case "objectRead":
        return lab.readObject(input);
      case "strike":
        return lab.strike(input);
      case "sleep":
        return this.putToSleep(lab);
      case "drop":
        lab.end();
        this.labs.delete(labId);
        return this.send({ event: "asleep", payload: { labId } });
    }
  }

  private open(seed: LabSeed): Promise<HostedLab> {
    let lab = this.labs.get(seed.labId);
    if (!lab) {
      lab = HostedLab.open(seed, this.engine, this.journal, this.send, this.wallNow);
      this.labs.set(seed.labId, lab);
      lab.catch(() => {
        this.labs.delete(seed.labId);
        this.send({ event: "asleep", payload: { labId: seed.labId } });
      });
    }
    return lab;
  }

  private putToSleep(lab: HostedLab): Promise<void> {
    const { labId } = lab;
    const leaving = lab.sleep().finally(() => {
      this.labs.delete(labId);
      this.leaving.delete(labId);
      this.send({ event: "asleep", payload: { labId } });
    });
    this.leaving.set(labId, leaving);
    return leaving;
  }

  private async sweep(): Promise<void> {
    const now = performance.now();
    for (const [labId, opening] of this.labs) {
      const lab = await opening.catch(() => undefined);
      if (!lab || lab.inUse || this.leaving.has(labId)) continue;
      if (now - lab.lastUsedAt > (lab.busy ? BUSY_LIMIT_MS : SLEEP_AFTER_MS))
        void this.putToSleep(lab).catch(console.error);
    }
  }

  private async shutdown(): Promise<void> {
    clearInterval(this.sweeper);
    const labs = await Promise.allSettled(this.labs.values());
    await Promise.allSettled(
      labs.flatMap((lab) =>
        lab.status === "fulfilled" && !this.leaving.has(lab.value.labId) ? [this.putToSleep(lab.value)] : [],
      ),
    );
    await Promise.allSettled(this.leaving.values());
    await this.journal.close();
  }
}
