interface Entry {
  atMs: number;
  seq: number;
  run: () => void;
}

/** Timers of the workstation's processes, in lab time. Not part of the state: a restored lab starts its jobs anew. */
export class LabClock {
  private entries: Entry[] = [];
  private seq = 0;

  constructor(private readonly now: () => number) {}

  get nowMs(): number {
    return this.now();
  }

  /** Calls `run` at that moment, in order of time and then of asking. Returns what cancels it. */
  at(atMs: number, run: () => void): () => void {
    const entry = { atMs: Math.max(atMs, this.now()), seq: this.seq++, run };
    let index = this.entries.length;
    while (index > 0 && this.entries[index - 1]!.atMs > entry.atMs) index--;
    this.entries.splice(index, 0, entry);
    return () => {
      const found = this.entries.indexOf(entry);
      if (found >= 0) this.entries.splice(found, 1);
    };
  }

  sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => this.at(this.now() + Math.max(0, delayMs), resolve));
  }

  nextMs(): number | undefined {
    return this.entries[0]?.atMs;
  }

  /** Runs what is due by now. */
  runDue(): boolean {
    let ran = false;
    while (this.entries.length > 0 && this.entries[0]!.atMs <= this.now()) {
      this.entries.shift()!.run();
      ran = true;
    }
    return ran;
  }
}
