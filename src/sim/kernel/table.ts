import { deepFreeze } from "./freeze";

/**
 * A named map of frozen plain data: the only place where a cluster's components keep state. Because all state is in
 * tables, snapshot, restore, fork and hash are written once. A fork shares the underlying map until either side writes.
 */
export class Table<V> {
  private map: Map<string, V>;
  /** Changes values that this table took over from another; done at the first look at any of them. */
  private pending: ((entries: Map<string, V>) => void) | undefined;
  private shared = false;

  constructor(entries?: Iterable<readonly [string, V]>) {
    this.map = new Map(entries);
  }

  get size(): number {
    return this.map.size;
  }

  get(key: string): V | undefined {
    return this.whole().get(key);
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
    return this.whole().keys();
  }

  values(): IterableIterator<V> {
    return this.whole().values();
  }

  entries(): IterableIterator<[string, V]> {
    return this.whole().entries();
  }

  fork(): Table<V> {
    this.whole();
    this.shared = true;
    const copy = new Table<V>();
    copy.map = this.map;
    copy.shared = true;
    return copy;
  }

  /** A fork in which `change` sets new, frozen values for some keys: not before somebody looks at one. */
  forkChanged(change: (entries: Map<string, V>) => void): Table<V> {
    const copy = this.fork();
    copy.pending = change;
    return copy;
  }

  private whole(): Map<string, V> {
    if (this.pending) this.own();
    return this.map;
  }

  private own(): Map<string, V> {
    if (this.shared) {
      this.map = new Map(this.map);
      this.shared = false;
    }
    if (this.pending) {
      const change = this.pending;
      this.pending = undefined;
      change(this.map);
    }
    return this.map;
  }
}
