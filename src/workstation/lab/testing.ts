import { DEFAULT_START_MS } from "@/sim/options";
import { runToEnd } from "./drive";
import { Lab } from "./lab";
import type { LabOptions, RunResult, Terminal } from "./types";

export const newLab = (options: Partial<LabOptions> = {}): Lab =>
  Lab.create({ seed: "test", startMs: DEFAULT_START_MS, ...options });

/** Runs a script to its end in virtual time. */
export const runScript = (lab: Lab, script: string): Promise<RunResult> => runToEnd(lab, lab.run(script), 3_600_000);

/** A terminal whose output is read as text: escape sequences that only redraw the line are left out. */
export class TestTerminal {
  readonly terminal: Terminal;
  private output = "";

  constructor(
    private readonly lab: Lab,
    id = "one",
    size = { columns: 80, rows: 24 },
  ) {
    this.terminal = lab.openTerminal(id, size);
    this.terminal.onOutput((data) => {
      this.output += data;
    });
  }

  /** Types, lets lab time pass, and gives what came. */
  async type(keys: string, waitMs = 20): Promise<string> {
    this.terminal.input(keys);
    await this.lab.advanceTo(this.lab.nowMs + waitMs);
    return this.take();
  }

  take(): string {
    const { output } = this;
    this.output = "";
    return output.replaceAll("\r\n", "\n");
  }
}
