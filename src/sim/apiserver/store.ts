import { deepFreeze } from "../kernel/freeze";
import type { Kernel } from "../kernel/kernel";
import type { Table } from "../kernel/table";
import type { KubeObject } from "../types";
import type { Change } from "./request";

/** How many writes a watch may lag behind before it gets `410 Gone` and has to list again. */
export const CHANGE_LOG_LIMIT = 2000;

const keyOf = (namespace: string | undefined, name: string) => `${namespace ?? ""}/${name}`;

/**
 * What etcd is to the real server: frozen objects by resource, namespace and name, one resourceVersion for all, and a
 * bounded log of changes that watches read. Lists come in the order of namespace and name.
 */
export class Store {
  /** Not part of the state: a restored cluster starts with an empty log and its watches list anew. */
  private log: Change[] = [];
  private logStart: number;
  private sorted = new Map<string, readonly KubeObject[]>();
  private onChange: ((change: Change) => void) | undefined;

  constructor(private readonly kernel: Kernel) {
    this.logStart = this.resourceVersion;
  }

  /** The cluster's dispatcher; called in the middle of a write, so it only takes note. */
  subscribe(onChange: (change: Change) => void): void {
    this.onChange = onChange;
  }

  get resourceVersion(): number {
    return this.kernel.table<number>("store.meta").get("resourceVersion") ?? 0;
  }

  get(resource: string, namespace: string | undefined, name: string): KubeObject | undefined {
    return this.table(resource).get(keyOf(namespace, name));
  }

  /** All objects of a resource, or those of one namespace. The array is shared: do not change it. */
  list(resource: string, namespace?: string): readonly KubeObject[] {
    let all = this.sorted.get(resource);
    if (!all) {
      all = [...this.table(resource).entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object);
      this.sorted.set(resource, all);
    }
    return namespace ? all.filter((object) => object.metadata.namespace === namespace) : all;
  }

  /** Keeps the object under the next resourceVersion, which it writes into it first. Takes ownership of `draft`. */
  put(resource: string, draft: KubeObject): KubeObject {
    const table = this.table(resource);
    const key = keyOf(draft.metadata.namespace, draft.metadata.name);
    const previous = table.get(key);
    const resourceVersion = this.bump();
    draft.metadata.resourceVersion = String(resourceVersion);
    const object = deepFreeze(draft);
    table.set(key, object);
    this.sorted.delete(resource);
    this.record(
      previous
        ? { type: "MODIFIED", resource, resourceVersion, object, previous }
        : { type: "ADDED", resource, resourceVersion, object },
    );
    return object;
  }

  remove(resource: string, namespace: string | undefined, name: string): KubeObject | undefined {
    const table = this.table(resource);
    const key = keyOf(namespace, name);
    const previous = table.get(key);
    if (!previous) return undefined;
    table.delete(key);
    this.sorted.delete(resource);
    const resourceVersion = this.bump();
    const object = deepFreeze({
      ...previous,
      metadata: { ...previous.metadata, resourceVersion: String(resourceVersion) },
    });
    this.record({ type: "DELETED", resource, resourceVersion, object, previous });
    return object;
  }

  /** The changes after `resourceVersion`, oldest first; undefined where the log no longer reaches back so far. */
  changesSince(resourceVersion: number): readonly Change[] | undefined {
    if (resourceVersion < this.logStart) return undefined;
    let low = 0;
    let high = this.log.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.log[middle]!.resourceVersion <= resourceVersion) low = middle + 1;
      else high = middle;
    }
    return this.log.slice(low);
  }

  fork(kernel: Kernel): Store {
    const copy = new Store(kernel);
    copy.log = this.log.slice();
    copy.logStart = this.logStart;
    copy.sorted = new Map(this.sorted);
    return copy;
  }

  private table(resource: string): Table<KubeObject> {
    return this.kernel.table<KubeObject>(`objects.${resource}`);
  }

  private bump(): number {
    const next = this.resourceVersion + 1;
    this.kernel.table<number>("store.meta").set("resourceVersion", next);
    return next;
  }

  private record(change: Change): void {
    this.log.push(change);
    if (this.log.length > CHANGE_LOG_LIMIT * 2) {
      const dropped = this.log.length - CHANGE_LOG_LIMIT;
      this.logStart = this.log[dropped - 1]!.resourceVersion;
      this.log = this.log.slice(dropped);
    }
    this.onChange?.(change);
  }
}
