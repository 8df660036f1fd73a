import type { LabEvent } from "./messages";

/**
 * What a lab tells its watchers, in order. Nothing leaves before the journal entries that it follows from are on disk:
 * the prompt that comes back, the pod that appears on the map.
 */
export class Outbox {
  private queue: { needs: number; run: () => void }[] = [];
  private written = 0;
  private handed = 0;

  constructor(private readonly send: (event: LabEvent) => void) {}

  /** The journal was handed the entry `seq`. */
  handIn(seq: number): void {
    this.handed = seq;
  }

  /** All entries up to `seq` are on disk. */
  committed(seq: number): void {
    this.written = Math.max(this.written, seq);
    while (this.queue.length > 0 && this.queue[0]!.needs <= this.written) this.queue.shift()!.run();
  }

  post(event: LabEvent): void {
    this.run(() => this.send(event));
  }

  /** Runs in its turn among the events. */
  run(run: () => void): void {
    if (this.queue.length === 0 && this.handed <= this.written) run();
    else this.queue.push({ needs: this.handed, run });
  }

  get waiting(): number {
    return this.queue.length;
  }

  get behind(): number {
    return this.handed - this.written;
  }
}
