import type { Lab } from "@/workstation/lab/lab";
import type { Pace } from "./backend";

/** However little is due, the lab is looked after this often. */
const LONGEST_NAP_MS = 1000;

/** Lets a lab run at `speed` lab ms per wall ms. It sleeps until something is due or it is woken. */
export class WallClock implements Pace {
  private readonly wallStart: number;
  private readonly labStart: number;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private stopped = false;

  constructor(
    private readonly lab: Lab,
    private readonly speed: number,
    /** How long ago the lab's present moment was. */
    behindMs = 0,
  ) {
    this.wallStart = performance.now() - behindMs;
    this.labStart = lab.nowMs;
    this.wake();
  }

  async catchUp(): Promise<void> {
    // A cluster's time is in whole milliseconds.
    const present = this.labStart + Math.floor((performance.now() - this.wallStart) * this.speed);
    await this.lab.advanceTo(Math.max(this.lab.nowMs, present));
  }

  wake(): void {
    clearTimeout(this.timer);
    if (this.stopped) return;
    this.timer = setTimeout(() => this.run(), this.waitMs());
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private waitMs(): number {
    const next = this.lab.nextEventMs();
    if (next === undefined) return LONGEST_NAP_MS;
    const dueMs = this.wallStart + (next - this.labStart) / this.speed;
    return Math.min(Math.max(1, dueMs - performance.now()), LONGEST_NAP_MS);
  }

  private run(): void {
    this.running ??= this.catchUp()
      .catch((error) => console.error(error))
      .finally(() => {
        this.running = undefined;
        this.wake();
      });
  }
}
