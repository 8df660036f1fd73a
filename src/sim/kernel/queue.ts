import type { Json } from "../types";

/** Something due at a moment. There are no closures here: `component` names who handles it. */
export interface Timer {
  atMs: number;
  /** Order among timers of the same moment: first scheduled, first run. */
  seq: number;
  component: string;
  /** Together with `component` identifies the timer: scheduling it again moves it. */
  key: string;
  data?: Json;
}

const before = (a: Timer, b: Timer) => a.atMs < b.atMs || (a.atMs === b.atMs && a.seq < b.seq);
const idOf = (component: string, key: string) => `${component}\u0000${key}`;

/** The timers of a cluster: a binary heap of frozen plain data, with replaced and cancelled entries skipped lazily. */
export class TimerQueue {
  private heap: Timer[] = [];
  private live = new Map<string, Timer>();
  private nextSeq = 1;

  get size(): number {
    return this.live.size;
  }

  schedule(atMs: number, component: string, key: string, data?: Json): void {
    const timer: Timer = Object.freeze(
      data === undefined
        ? { atMs, seq: this.nextSeq++, component, key }
        : { atMs, seq: this.nextSeq++, component, key, data },
    );
    this.live.set(idOf(component, key), timer);
    this.push(timer);
  }

  cancel(component: string, key: string): void {
    this.live.delete(idOf(component, key));
  }

  get(component: string, key: string): Timer | undefined {
    return this.live.get(idOf(component, key));
  }

  peek(): Timer | undefined {
    while (this.heap.length > 0 && this.isStale(this.heap[0]!)) this.removeTop();
    return this.heap[0];
  }

  /** When the next timer is due that `ignored` does not match. */
  nextMs(ignored: (timer: Timer) => boolean, index = 0): number | undefined {
    const timer = this.heap[index];
    if (!timer) return undefined;
    if (!this.isStale(timer) && !ignored(timer)) return timer.atMs;
    const left = this.nextMs(ignored, index * 2 + 1);
    const right = this.nextMs(ignored, index * 2 + 2);
    return left === undefined || (right !== undefined && right < left) ? right : left;
  }

  pop(): Timer | undefined {
    const timer = this.peek();
    if (!timer) return undefined;
    this.removeTop();
    this.live.delete(idOf(timer.component, timer.key));
    return timer;
  }

  /** A copy, all of whose timers are due `shiftMs` later. */
  fork(shiftMs = 0): TimerQueue {
    const copy = new TimerQueue();
    copy.nextSeq = this.nextSeq;
    if (shiftMs === 0) {
      copy.heap = this.heap.slice();
      copy.live = new Map(this.live);
      return copy;
    }
    for (const [id, timer] of this.live) {
      const moved = Object.freeze({ ...timer, atMs: timer.atMs + shiftMs });
      copy.live.set(id, moved);
      copy.push(moved);
    }
    return copy;
  }

  /** Live timers in the order in which they will run. */
  snapshot(): { nextSeq: number; timers: Timer[] } {
    const timers = [...this.live.values()].sort((a, b) => (before(a, b) ? -1 : 1));
    return { nextSeq: this.nextSeq, timers };
  }

  static restore(data: { nextSeq: number; timers: Timer[] }): TimerQueue {
    const queue = new TimerQueue();
    for (const timer of data.timers) {
      queue.live.set(idOf(timer.component, timer.key), Object.freeze(timer));
      queue.push(timer);
    }
    queue.nextSeq = data.nextSeq;
    return queue;
  }

  private isStale(timer: Timer): boolean {
    return this.live.get(idOf(timer.component, timer.key)) !== timer;
  }

  private push(timer: Timer): void {
    const { heap } = this;
    let index = heap.push(timer) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!before(timer, heap[parent]!)) break;
      heap[index] = heap[parent]!;
      index = parent;
    }
    heap[index] = timer;
  }

  private removeTop(): void {
    const { heap } = this;
    const last = heap.pop()!;
    if (heap.length === 0) return;
    let index = 0;
    for (;;) {
      let child = index * 2 + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++;
      if (!before(heap[child]!, last)) break;
      heap[index] = heap[child]!;
      index = child;
    }
    heap[index] = last;
  }
}
