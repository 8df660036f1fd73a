/** Node's longest timer. */
const TIMER_LIMIT_MS = 2 ** 31 - 1;
/** How long an input waits for time to catch up: a command that computes without end holds time up, but no key. */
const PATIENCE_MS = 20;
/** While commands run, they may ask for a moment without the host hearing of it: look again this often. */
const BUSY_LOOK_MS = 100;

export interface Clocked {
  readonly nowMs: number;
  nextEventMs(): number | undefined;
  busy(): boolean;
  advanceTo(timeMs: number): Promise<void>;
}

/**
 * A lab's time at wall speed while somebody is there or a command runs; it stands still otherwise. One timer for the
 * lab's next event, and none for a lab that stands still or where nothing is due.
 */
export class LabClock {
  private running = false;
  private paused = false;
  private viewers = 0;
  private anchorWall = 0;
  private anchorLab = 0;
  private timer: NodeJS.Timeout | undefined;
  private work: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private lab: Clocked,
    private readonly onAdvanced: () => void,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.anchor();
  }

  get speed(): number {
    return this.running ? 1 : 0;
  }

  get isPaused(): boolean {
    return this.paused;
  }

  setViewers(count: number): void {
    this.viewers = count;
    this.settle();
  }

  async pause(paused: boolean): Promise<void> {
    await this.catchUp();
    this.paused = paused;
    this.settle();
  }

  /** Another lab takes this one's place: undo, reset. */
  replace(lab: Clocked): void {
    this.lab = lab;
    // What the old lab still computes is waited for no more.
    this.work = Promise.resolve();
    this.anchor();
    this.settle();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** Brings the lab to this very moment: before each input. Gives up waiting where a command computes and computes. */
  async catchUp(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, PATIENCE_MS);
    });
    await Promise.race([this.advanceTo(() => this.target()), patience]);
    clearTimeout(timer);
  }

  /** Where the lab's time should be at this moment. */
  target(): number {
    return this.running ? Math.floor(this.anchorLab + (this.now() - this.anchorWall)) : this.lab.nowMs;
  }

  /** Runs ahead by so much, at once. */
  skip(ms: number): Promise<void> {
    return this.advanceTo(() => this.lab.nowMs + ms);
  }

  /** Takes note of what may have changed: is there work, and when is the next event due? */
  settle(): void {
    if (this.stopped) return;
    const shouldRun = !this.paused && (this.viewers > 0 || this.lab.busy());
    if (shouldRun !== this.running) {
      this.running = shouldRun;
      this.anchor();
    }
    clearTimeout(this.timer);
    this.timer = undefined;
    if (!shouldRun) return;
    const next = this.lab.nextEventMs();
    const untilNext =
      next === undefined ? Number.POSITIVE_INFINITY : this.anchorWall + (next - this.anchorLab) - this.now();
    const delay = Math.min(untilNext, this.lab.busy() ? BUSY_LOOK_MS : TIMER_LIMIT_MS);
    if (delay === TIMER_LIMIT_MS && next === undefined) return;
    this.timer = setTimeout(() => void this.catchUp(), Math.max(0, Math.ceil(delay)));
  }

  private anchor(): void {
    this.anchorWall = this.now();
    this.anchorLab = this.lab.nowMs;
  }

  /** One advance after the other: a lab's time never runs in two places. */
  private advanceTo(target: () => number): Promise<void> {
    const work = this.work
      .catch(() => {})
      .then(async () => {
        if (this.stopped) return;
        const lab = this.lab;
        await lab.advanceTo(Math.max(lab.nowMs, Math.floor(target())));
        if (this.stopped || lab !== this.lab) return;
        if (!this.running || lab.nowMs > this.anchorLab + (this.now() - this.anchorWall)) this.anchor();
        this.onAdvanced();
        this.settle();
      });
    this.work = work;
    return work;
  }
}
