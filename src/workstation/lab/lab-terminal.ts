import { Machine } from "@/posix/shell/machine";
import { newShell, type ShellState } from "@/posix/shell/state";
import type { Computer } from "../shell/computer";
import type { Process } from "../shell/process";
import { restartedJobs, runSession, type SessionEvents } from "../shell/session";
import { ProcessHost, ShellRunner } from "../shell/shell-process";
import { Tty } from "../terminal/tty";
import { ENVIRONMENT, HOME } from "./home";
import { memoryOf, restoreMemory } from "./memory";
import type { ShellMemory, Terminal } from "./types";

export interface TerminalEvents extends SessionEvents {
  onMemory(memory: ShellMemory): void;
  onClose(): void;
}

const PROMPT = "\\u@\\h:\\w\\$ ";
const RC_FILE = `${HOME}/.bashrc`;

/** One terminal of the workstation, with a bash at it. When the shell ends, another takes its place, as after a login. */
export class LabTerminal implements Terminal {
  private readonly tty: Tty;
  private state: ShellState | undefined;
  private listeners = new Set<(data: string) => void>();
  private early: string[] = [];
  private closed = false;

  constructor(
    readonly id: string,
    size: { columns: number; rows: number },
    private readonly computer: Computer,
    memory: ShellMemory | undefined,
    private readonly events: TerminalEvents,
  ) {
    this.tty = new Tty(id, `pts/${computer.nextTtyNumber()}`, size.columns, size.rows, (group, signal) =>
      computer.signalGroup(group, signal),
    );
    this.tty.onOutput((data) => {
      if (this.listeners.size === 0) this.early.push(data);
      for (const listener of this.listeners) listener(data);
    });
    this.login(memory);
  }

  input(data: string): void {
    this.computer.options.onActivity();
    this.tty.input(data);
  }

  resize(columns: number, rows: number): void {
    this.tty.resize(columns, rows);
  }

  onOutput(listener: (data: string) => void): void {
    this.listeners.add(listener);
    for (const data of this.early.splice(0)) listener(data);
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    const memory = this.memory();
    if (memory) this.events.onMemory(memory);
    this.computer.hangUp(this.tty);
    this.tty.close();
    this.events.onClose();
  }

  memory(): ShellMemory | undefined {
    return this.state && memoryOf(this.state);
  }

  private login(memory: ShellMemory | undefined, history: string[] = []): void {
    const { computer, tty } = this;
    const state = newShell({
      name: "bash",
      env: ENVIRONMENT,
      cwd: HOME,
      interactive: true,
      nowMs: computer.clock.nowMs,
      seed: Math.floor(computer.options.random() * 0xffff_ffff),
    });
    state.variables = { ...state.variables, PS1: { v: PROMPT }, PS2: { v: "> " }, PS4: { v: "+ " } };
    state.history = history;
    if (memory) restoreMemory(state, memory);
    this.state = state;
    computer.openSession(state, tty, (process) => this.session(process, state, memory));
  }

  private async session(process: Process, state: ShellState, memory: ShellMemory | undefined): Promise<void> {
    const { computer, tty } = this;
    state.pid = process.pid;
    const host = new ProcessHost(computer, process, state);
    const machine = new Machine(state, host);
    const runner = new ShellRunner(computer, process, machine, host);
    process.onSignal = (signal) => runner.onSignal(signal);
    tty.setForeground(process.group);
    if (memory) restartedJobs.set(process, memory.jobs);
    else if (computer.options.files.stat(RC_FILE)) {
      machine.start(`. ${RC_FILE}`);
      await runner.run();
    }
    await runSession(runner, tty, {
      onCommand: (line) => this.events.onCommand?.(line),
      onExit: (line, code) => {
        this.events.onExit?.(line, code);
        this.events.onMemory(memoryOf(state));
      },
    });
    // As a new login: what was set is gone, the history is not.
    if (!this.closed) this.login(undefined, state.history);
  }
}
