import type { Sim } from "../component";
import type { Pod } from "../kinds/types";
import type { KubeObject } from "../types";
import { resourceName } from "./kind";
import type { KindRegistry } from "./registry";
import type { Change } from "./request";
import type { Store } from "./store";

/** Where an object is. */
export interface ObjectRef {
  resource: string;
  namespace: string | undefined;
  name: string;
  uid: string;
}

const NONE: readonly never[] = Object.freeze([]);

/** Objects by some value of theirs, each bucket in the order of namespace and name. */
class Buckets<V> {
  private readonly buckets = new Map<string, { members: Map<string, V>; sorted: readonly V[] | undefined }>();

  add(bucket: string, key: string, value: V): void {
    let entry = this.buckets.get(bucket);
    if (!entry) {
      entry = { members: new Map(), sorted: undefined };
      this.buckets.set(bucket, entry);
    }
    entry.members.set(key, value);
    entry.sorted = undefined;
  }

  delete(bucket: string, key: string): void {
    const entry = this.buckets.get(bucket);
    if (!entry?.members.delete(key)) return;
    entry.sorted = undefined;
    if (entry.members.size === 0) this.buckets.delete(bucket);
  }

  get(bucket: string): readonly V[] {
    const entry = this.buckets.get(bucket);
    if (!entry) return NONE;
    entry.sorted ??= [...entry.members].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
    return entry.sorted;
  }
}

/**
 * What components look up again and again, derived from the store: nothing here is state. A fork or a restored cluster
 * builds its own on first use, and then follows the store's log of changes.
 */
export class Indexes {
  private resourceVersion = -1;
  private byUid = new Map<string, ObjectRef>();
  private byOwner = new Buckets<ObjectRef>();
  private byController = new Buckets<KubeObject>();
  private uncontrolled = new Buckets<KubeObject>();
  private podsByNode = new Buckets<Pod>();
  private podsByNamespace = new Buckets<Pod>();

  constructor(
    private readonly store: Store,
    private readonly kinds: () => KindRegistry,
  ) {}

  /** Objects of `resource` whose controller has this uid. */
  controlled(resource: string, controllerUid: string): readonly KubeObject[] {
    this.follow();
    return this.byController.get(`${resource}\u0000${controllerUid}`);
  }

  /** Objects of `resource` in a namespace that no controller owns. */
  orphans(resource: string, namespace: string): readonly KubeObject[] {
    this.follow();
    return this.uncontrolled.get(`${resource}\u0000${namespace}`);
  }

  podsOnNode(node: string): readonly Pod[] {
    this.follow();
    return this.podsByNode.get(node);
  }

  podsIn(namespace: string): readonly Pod[] {
    this.follow();
    return this.podsByNamespace.get(namespace);
  }

  /** Whatever names this uid among its owners. */
  dependents(ownerUid: string): readonly ObjectRef[] {
    this.follow();
    return this.byOwner.get(ownerUid);
  }

  find(uid: string): ObjectRef | undefined {
    this.follow();
    return this.byUid.get(uid);
  }

  private follow(): void {
    const now = this.store.resourceVersion;
    if (now === this.resourceVersion) return;
    const changes = this.resourceVersion < 0 ? undefined : this.store.changesSince(this.resourceVersion);
    if (changes) for (const change of changes) this.apply(change);
    else this.rebuild();
    this.resourceVersion = now;
  }

  private rebuild(): void {
    this.byUid = new Map();
    this.byOwner = new Buckets();
    this.byController = new Buckets();
    this.uncontrolled = new Buckets();
    this.podsByNode = new Buckets();
    this.podsByNamespace = new Buckets();
    for (const kind of this.kinds().stored) {
      const resource = resourceName(kind);
      if (resource === "events") continue;
      for (const object of this.store.list(resource)) this.add(resource, object);
    }
  }

  private apply({ type, resource, object, previous }: Change): void {
    if (resource === "events") return;
    if (previous) this.remove(resource, previous);
    if (type !== "DELETED") this.add(resource, object);
  }

  private add(resource: string, object: KubeObject): void {
    const { uid, name, namespace } = object.metadata;
    const ref = { resource, namespace, name, uid };
    const key = `${namespace ?? ""}/${name}`;
    this.byUid.set(uid, ref);
    let controller: string | undefined;
    for (const owner of object.metadata.ownerReferences ?? []) {
      this.byOwner.add(owner.uid, `${resource} ${key}`, ref);
      if (owner.controller) controller = owner.uid;
    }
    if (!MANAGED.has(resource)) return;
    if (controller) this.byController.add(`${resource}\u0000${controller}`, key, object);
    else this.uncontrolled.add(`${resource}\u0000${namespace}`, key, object);
    if (resource !== "pods") return;
    this.podsByNamespace.add(namespace!, key, object as unknown as Pod);
    if (object.spec.nodeName) this.podsByNode.add(object.spec.nodeName, key, object as unknown as Pod);
  }

  private remove(resource: string, object: KubeObject): void {
    const { uid, name, namespace } = object.metadata;
    const key = `${namespace ?? ""}/${name}`;
    this.byUid.delete(uid);
    let controller: string | undefined;
    for (const owner of object.metadata.ownerReferences ?? []) {
      this.byOwner.delete(owner.uid, `${resource} ${key}`);
      if (owner.controller) controller = owner.uid;
    }
    if (!MANAGED.has(resource)) return;
    if (controller) this.byController.delete(`${resource}\u0000${controller}`, key);
    else this.uncontrolled.delete(`${resource}\u0000${namespace}`, key);
    if (resource !== "pods") return;
    this.podsByNamespace.delete(namespace!, key);
    if (object.spec.nodeName) this.podsByNode.delete(object.spec.nodeName, key);
  }
}

/** Resources that controllers own others of, or adopt. */
const MANAGED = new Set([
  "pods",
  "replicasets.apps",
  "controllerrevisions.apps",
  "jobs.batch",
  "endpointslices.discovery.k8s.io",
]);

const byStore = new WeakMap<Store, Indexes>();

/** The indexes of a cluster. */
export function indexes(sim: Pick<Sim, "store" | "kinds">): Indexes {
  let found = byStore.get(sim.store);
  if (!found) {
    found = new Indexes(sim.store, () => sim.kinds);
    byStore.set(sim.store, found);
  }
  return found;
}
