import { deepFreeze } from "./freeze";

/**
 * A named map of frozen plain data: the only place where a cluster's components keep state. Because all state is in
 * tables, snapshot, restore, fork and hash are written once. A fork shares the underlying map until either side writes.
 */
export class Table<V> {
  private map: Map<string, V>;
  private shared = false;

  constructor(entries?: Iterable<readonly [string, V]>) {
    this.map = new Map(entries);
  }

  get size(): number {
    return this.map.size;
  }

  get(key: string): V | undefined {
    return this.map.get(key);
  }

  has(key: string): boolean {
    return this.map.has(key);
  }

  /** Keeps `value`, frozen from here on. To change an entry, set a new value. */
  set(key: string, value: V): void {
    this.own().set(key, deepFreeze(value));
  }

  delete(key: string): boolean {
    return this.map.has(key) && this.own().delete(key);
  }

  keys(): IterableIterator<string> {
    return this.map.keys();
  }

  values(): IterableIterator<V> {
    return this.map.values();
  }

  entries(): IterableIterator<[string, V]> {
    return this.map.entries();
  }

  fork(): Table<V> {
    this.shared = true;
    const copy = new Table<V>();
    copy.map = this.map;
    copy.shared = true;
    return copy;
  }

  private own(): Map<string, V> {
    if (this.shared) {
      this.map = new Map(this.map);
      this.shared = false;
    }
    return this.map;
  }
}
