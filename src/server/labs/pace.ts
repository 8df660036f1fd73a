/** A lab may compute this long in each window; after that it waits for the next one, so that its neighbours get theirs. */
const WINDOW_MS = 50;
const BUDGET_MS = 15;
/** Within this time a lab need not let go at all. */
const SLICE_MS = 4;
/** A terminal prints no faster than a browser can show. */
const OUTPUT_LIMIT_CHARS = 64 * 1024;

/**
 * Shares a worker's one thread between the labs that run on it. Loops in a lab call `breathe`; one that never ends gets
 * its share of each window and no more.
 */
export class Pace {
  private windowStart = 0;
  private used = 0;
  private sliceStart = 0;
  private printed = 0;
  private stopped = false;

  /** `backlog`: what has to be waited for before more is made. `onWait`: the lab has let go, and wall time has passed. */
  constructor(
    private readonly backlog: () => Promise<void> | undefined,
    private readonly onWait: () => void,
  ) {}

  /** Work in the lab begins now: a key stroke, a timer. */
  begin(): void {
    this.sliceStart = performance.now();
  }

  print(length: number): void {
    this.printed += length;
  }

  /** The lab was thrown away: whatever still loops in it stops here, and is collected. */
  stop(): void {
    this.stopped = true;
  }

  async breathe(): Promise<void> {
    if (this.stopped) await new Promise<never>(() => {});
    const now = performance.now();
    const slice = now - this.sliceStart;
    if (slice < SLICE_MS && this.printed < OUTPUT_LIMIT_CHARS) return;
    if (now - this.windowStart >= WINDOW_MS) {
      this.windowStart = now;
      this.used = 0;
      this.printed = 0;
    }
    // A slice that began in an earlier turn holds time in which others ran: it counts as one slice at most.
    this.used += Math.min(slice, BUDGET_MS);
    const waiting = this.backlog();
    if (waiting) await waiting;
    if (this.used >= BUDGET_MS || this.printed >= OUTPUT_LIMIT_CHARS) {
      await new Promise((resolve) => setTimeout(resolve, Math.max(1, this.windowStart + WINDOW_MS - now)));
    } else {
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (this.stopped) await new Promise<never>(() => {});
    this.sliceStart = performance.now();
    this.onWait();
  }
}
