import type { LabSnapshot } from "@/workstation/lab/types";

/** So many commands can be taken back. */
export const UNDO_LIMIT = 20;

/** A lab as it was before a command. Its objects are frozen and shared with the lab, so keeping it costs little. */
export interface Checkpoint {
  /** The journal's number of the command. */
  seq: number;
  line: string;
  snapshot: LabSnapshot;
  changed: boolean;
}

/** The states to which a lab can go back: before each of the last commands that changed something. */
export class UndoStack {
  private stack: Checkpoint[] = [];

  /** A command is about to run. What the one before left unchanged is nothing to go back to. */
  beforeCommand(seq: number, line: string, snapshot: LabSnapshot): void {
    if (this.stack.at(-1)?.changed === false) this.stack.pop();
    this.stack.push({ seq, line, snapshot, changed: false });
    if (this.stack.length > UNDO_LIMIT) this.stack.shift();
  }

  /** Something was written to the cluster or the files. */
  noteChange(): void {
    const last = this.stack.at(-1);
    if (last) last.changed = true;
  }

  get canUndo(): boolean {
    return this.stack.some((checkpoint) => checkpoint.changed);
  }

  /** Takes the newest state that differs from now off the stack. */
  pop(): Checkpoint | undefined {
    while (this.stack.length > 0) {
      const checkpoint = this.stack.pop()!;
      if (checkpoint.changed) return checkpoint;
    }
    return undefined;
  }

  clear(): void {
    this.stack = [];
  }
}
