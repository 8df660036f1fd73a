import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Json } from "../types";
import { canonicalJson } from "./freeze";
import { type Timer, TimerQueue } from "./queue";
import { nextUint32, type RandomState, seedRandom } from "./random";
import { Table } from "./table";
import { rfc3339, rfc3339Micro } from "./time";

export interface KernelSnapshot {
  nowMs: number;
  random: RandomState;
  queue: { nextSeq: number; timers: Timer[] };
  tables: Record<string, [string, Json][]>;
}

/** Kubernetes leaves out vowels and look-alikes, so that a generated name spells no word (apimachinery's util/rand). */
const NAME_ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

/** Time, chance, timers and tables of one cluster. Everything that changes in a cluster changes here. */
export class Kernel {
  private constructor(
    private time: number,
    private random: RandomState,
    readonly queue: TimerQueue,
    private readonly tables: Map<string, Table<any>>,
  ) {}

  static create(seed: string | number, startMs: number): Kernel {
    return new Kernel(startMs, seedRandom(seed), new TimerQueue(), new Map());
  }

  /** Milliseconds since 1970 UTC in the cluster's own time. */
  get nowMs(): number {
    return this.time;
  }

  /** Now as metav1.Time. */
  now(): string {
    return rfc3339(this.time);
  }

  /** A moment from now as metav1.Time. */
  rfc3339After(delayMs: number): string {
    return rfc3339(this.time + delayMs);
  }

  /** Now as metav1.MicroTime. */
  nowMicro(): string {
    return rfc3339Micro(this.time);
  }

  /** For the cluster's own loop only: components never move time. */
  setTime(timeMs: number): void {
    if (timeMs < this.time) throw new Error(`time runs forward: ${timeMs} < ${this.time}`);
    this.time = timeMs;
  }

  /** The table of this name, made empty where there is none. Names are `component.what`. */
  table<V>(name: string): Table<V> {
    let table = this.tables.get(name);
    if (!table) {
      table = new Table<V>();
      this.tables.set(name, table);
    }
    return table;
  }

  tableNames(): string[] {
    return [...this.tables.keys()].sort();
  }

  /** Runs `component`'s `onTimer` after `delayMs`. One timer per (component, key): scheduling again replaces it. */
  schedule(delayMs: number, component: string, key: string, data?: Json): void {
    this.queue.schedule(this.time + Math.max(0, Math.round(delayMs)), component, key, data);
  }

  cancel(component: string, key: string): void {
    this.queue.cancel(component, key);
  }

  /** An integer in [0, below). */
  randomInt(below: number): number {
    return Math.floor((nextUint32(this.random) / 0x1_0000_0000) * below);
  }

  /** A number in [0, 1). */
  randomFloat(): number {
    return nextUint32(this.random) / 0x1_0000_0000;
  }

  /** The random part of a generated name, e.g. `4lc4c`. */
  randomName(length = 5): string {
    let name = "";
    for (let index = 0; index < length; index++) name += NAME_ALPHABET[this.randomInt(NAME_ALPHABET.length)];
    return name;
  }

  randomBytes(length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    for (let index = 0; index < length; index++) bytes[index] = this.randomInt(256);
    return bytes;
  }

  /** A version 4 UUID. */
  uuid(): string {
    const bytes = this.randomBytes(16);
    bytes[6] = (bytes[6]! & 0x0f) | 0x40;
    bytes[8] = (bytes[8]! & 0x3f) | 0x80;
    const hex = bytesToHex(bytes);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }

  /** Starts another stream of chance on the same state: what a lab does with a shared template. */
  reseed(seed: string | number): void {
    this.random = seedRandom(seed);
  }

  fork(): Kernel {
    return this.forkAt(this.time);
  }

  /**
   * A fork whose clock stands elsewhere; its timers keep their distance from it. Moments inside its tables are the
   * caller's: `changes` sets frozen values anew, by the names of tables, when a table is first looked at.
   */
  forkAt(timeMs: number, changes?: ReadonlyMap<string, (entries: Map<string, any>) => void>): Kernel {
    const tables = new Map<string, Table<any>>();
    for (const [name, table] of this.tables) {
      const change = changes?.get(name);
      tables.set(name, change ? table.forkChanged(change) : table.fork());
    }
    return new Kernel(timeMs, [...this.random], this.queue.fork(timeMs - this.time), tables);
  }

  /** Plain data that JSON can carry. Entries keep the order in which they came, so that a restored cluster iterates alike. */
  snapshot(): KernelSnapshot {
    const tables: KernelSnapshot["tables"] = {};
    for (const name of this.tableNames()) {
      const table = this.tables.get(name)!;
      if (table.size === 0) continue;
      tables[name] = [...table.entries()];
    }
    return { nowMs: this.time, random: [...this.random], queue: this.queue.snapshot(), tables };
  }

  static restore(snapshot: KernelSnapshot): Kernel {
    const tables = new Map<string, Table<any>>();
    for (const [name, entries] of Object.entries(snapshot.tables)) {
      const table = new Table<any>();
      for (const [key, value] of entries) table.set(key, value);
      tables.set(name, table);
    }
    return new Kernel(snapshot.nowMs, [...snapshot.random], TimerQueue.restore(snapshot.queue), tables);
  }

  /** SHA-256 over the canonical snapshot, in hex. */
  hash(): string {
    const snapshot = this.snapshot();
    const tables: Record<string, unknown> = {};
    for (const [name, entries] of Object.entries(snapshot.tables)) tables[name] = Object.fromEntries(entries);
    return bytesToHex(sha256(utf8ToBytes(canonicalJson({ ...snapshot, tables }))));
  }
}
