import { clone, deepEqual } from "../kernel/freeze";
import type { Kernel } from "../kernel/kernel";
import type { ClusterOptions } from "../options";
import type { KubeObject, UserInfo } from "../types";
import { type Admission, admit } from "./admission/admission";
import type { DeleteOptions } from "./client";
import { type KindContext, type KindDefinition, resourceName } from "./kind";
import {
  alreadyExists,
  badRequest,
  conflict,
  failure,
  type GroupResource,
  invalid,
  notFound,
  OPTIMISTIC_LOCK,
} from "./status";
import type { Store } from "./store";

/** Who writes what, and how. */
export interface WriteOptions {
  user: UserInfo;
  dryRun?: boolean;
  fieldManager?: string;
  subresource?: string;
}

/** The life of stored objects: create, update, delete with everything that the real registry does around them. */
export class Verbs {
  constructor(
    readonly options: ClusterOptions,
    readonly kernel: Kernel,
    readonly store: Store,
    readonly admission: readonly Admission[],
  ) {}

  get(kind: KindDefinition, namespace: string | undefined, name: string): KubeObject {
    const object = this.store.get(resourceName(kind), kind.namespaced ? namespace : undefined, name);
    if (!object) throw notFound(groupResource(kind), name);
    return object;
  }

  create(kind: KindDefinition, namespace: string | undefined, input: unknown, options: WriteOptions): KubeObject {
    const draft = this.thaw(kind, namespace, input);
    const { metadata } = draft;
    const gr = groupResource(kind);
    if (metadata.resourceVersion) throw badRequest("resourceVersion should not be set on objects to be created");
    if (!metadata.name && metadata.generateName)
      metadata.name = `${metadata.generateName.slice(0, 58)}${this.kernel.randomName()}`;
    const context = this.context();
    kind.setDefaults?.(draft);
    admit(this.admission, { verb: "create", kind, draft, user: options.user, options });
    kind.prepareForCreate?.(draft, context);
    kind.setDefaults?.(draft);
    metadata.uid = this.kernel.uuid();
    metadata.creationTimestamp = this.kernel.now() as any;
    delete metadata.deletionTimestamp;
    delete metadata.deletionGracePeriodSeconds;
    delete metadata.selfLink;
    const errors = [...(kind.validate?.(draft) ?? [])];
    if (errors.length > 0) throw invalid({ group: kind.group, kind: kind.kind }, metadata.name ?? "", errors);
    if (this.store.get(resourceName(kind), metadata.namespace, metadata.name)) throw alreadyExists(gr, metadata.name);
    return options.dryRun ? draft : this.store.put(resourceName(kind), draft);
  }

  /** PUT of the whole object, or of its status. */
  update(
    kind: KindDefinition,
    namespace: string | undefined,
    name: string,
    input: unknown,
    options: WriteOptions,
  ): KubeObject {
    const old = this.get(kind, namespace, name);
    const draft = this.thaw(kind, namespace, input);
    if (draft.metadata.name !== name) {
      throw badRequest(
        `the name of the object (${draft.metadata.name ?? ""}) does not match the name on the URL (${name})`,
      );
    }
    return this.replace(kind, old, draft, options);
  }

  /** The common end of PUT and PATCH: checks the version, keeps what may not change, validates, stores. */
  replace(kind: KindDefinition, old: KubeObject, draft: KubeObject, options: WriteOptions): KubeObject {
    const gr = groupResource(kind);
    const { metadata } = draft;
    if (metadata.resourceVersion && metadata.resourceVersion !== old.metadata.resourceVersion) {
      throw conflict(gr, old.metadata.name, OPTIMISTIC_LOCK);
    }
    if (metadata.uid && metadata.uid !== old.metadata.uid) {
      throw conflict(
        gr,
        old.metadata.name,
        `Precondition failed: UID in precondition: ${metadata.uid}, UID in object meta: ${old.metadata.uid}`,
      );
    }
    for (const field of [
      "uid",
      "creationTimestamp",
      "deletionTimestamp",
      "deletionGracePeriodSeconds",
      "generation",
    ] as const) {
      if (old.metadata[field] === undefined) delete metadata[field];
      else (metadata as any)[field] = old.metadata[field];
    }
    metadata.resourceVersion = old.metadata.resourceVersion;
    let errors: ReturnType<NonNullable<KindDefinition["validate"]>>;
    if (options.subresource === "status") {
      const status = draft.status;
      const { managedFields, annotations } = metadata;
      Object.assign(draft, clone(old));
      // The deployment controller keeps its revision in an annotation, which it writes together with the status.
      if (annotations) draft.metadata.annotations = annotations;
      if (status === undefined) delete draft.status;
      else draft.status = status;
      if (managedFields) draft.metadata.managedFields = managedFields;
      kind.prepareForStatusUpdate?.(draft, old);
      errors = kind.validateStatusUpdate?.(draft, old) ?? [];
    } else {
      kind.setDefaults?.(draft);
      kind.prepareForUpdate?.(draft, old, this.context());
      admit(this.admission, { verb: "update", kind, draft, old, user: options.user, options });
      errors = [...(kind.validate?.(draft) ?? []), ...(kind.validateUpdate?.(draft, old) ?? [])];
    }
    if (errors.length > 0) throw invalid({ group: kind.group, kind: kind.kind }, old.metadata.name, errors);
    if (deepEqual(draft, old)) return old;
    if (options.dryRun) return draft;
    if (
      draft.metadata.deletionTimestamp &&
      (draft.metadata.finalizers ?? []).length === 0 &&
      finalizersInSpec(kind, draft) === 0 &&
      !(Number(draft.metadata.deletionGracePeriodSeconds) > 0)
    ) {
      return this.store.remove(resourceName(kind), old.metadata.namespace, old.metadata.name) ?? draft;
    }
    return this.store.put(resourceName(kind), draft);
  }

  /** Gives the object as it was last: marked for deletion while finalizers or grace hold it, else gone. */
  delete(
    kind: KindDefinition,
    namespace: string | undefined,
    name: string,
    body: DeleteOptions = {},
    dryRun = false,
  ): { object: KubeObject; gone: boolean } {
    const old = this.get(kind, namespace, name);
    const { uid, resourceVersion } = body.preconditions ?? {};
    const gr = groupResource(kind);
    if (uid && uid !== old.metadata.uid) {
      throw conflict(
        gr,
        name,
        `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${old.metadata.uid}`,
      );
    }
    if (resourceVersion && resourceVersion !== old.metadata.resourceVersion) {
      throw conflict(
        gr,
        name,
        `Precondition failed: ResourceVersion in precondition: ${resourceVersion}, ResourceVersion in object meta: ${old.metadata.resourceVersion}`,
      );
    }
    const grace = Math.max(0, body.gracePeriodSeconds ?? kind.defaultGraceSeconds?.(old) ?? 0);
    const finalizers = new Set(old.metadata.finalizers ?? []);
    if (body.propagationPolicy === "Foreground") finalizers.add("foregroundDeletion");
    if (body.propagationPolicy === "Orphan") finalizers.add("orphan");
    const inSpec = finalizersInSpec(kind, old);
    const holds = finalizers.size > 0 || grace > 0 || inSpec > 0;
    admit(this.admission, { verb: "delete", kind, draft: old, old, user: SYSTEM, options: { dryRun } });
    if (!holds) {
      if (dryRun) return { object: old, gone: true };
      return { object: this.store.remove(resourceName(kind), old.metadata.namespace, name)!, gone: true };
    }
    // What keeps finalizers in its spec (a namespace) knows no grace, and is marked once.
    const already = Number(old.metadata.deletionGracePeriodSeconds ?? (inSpec > 0 ? 0 : Number.POSITIVE_INFINITY));
    if (
      old.metadata.deletionTimestamp &&
      grace >= already &&
      finalizers.size === (old.metadata.finalizers ?? []).length
    ) {
      return { object: old, gone: false };
    }
    const draft = clone(old);
    draft.metadata.finalizers = finalizers.size > 0 ? [...finalizers] : undefined;
    if (draft.metadata.finalizers === undefined) delete draft.metadata.finalizers;
    draft.metadata.deletionTimestamp = this.kernel.rfc3339After(grace * 1000) as any;
    if (inSpec === 0) draft.metadata.deletionGracePeriodSeconds = grace as any;
    if (draft.metadata.generation !== undefined)
      draft.metadata.generation = (Number(draft.metadata.generation) + 1) as any;
    if (inSpec > 0) draft.status = { ...draft.status, phase: "Terminating" };
    if (dryRun) return { object: draft, gone: false };
    return { object: this.store.put(resourceName(kind), draft), gone: false };
  }

  /** PUT …/finalize: the namespace goes once nothing holds it. */
  finalizeNamespace(kind: KindDefinition, old: KubeObject, finalizers: string[]): KubeObject {
    const draft = clone(old);
    draft.spec = { ...draft.spec, finalizers };
    if (finalizers.length === 0 && draft.metadata.deletionTimestamp && (draft.metadata.finalizers ?? []).length === 0) {
      return this.store.remove(resourceName(kind), undefined, old.metadata.name) ?? draft;
    }
    return deepEqual(draft, old) ? old : this.store.put(resourceName(kind), draft);
  }

  context(): KindContext {
    const { kernel, store } = this;
    return {
      nowMs: kernel.nowMs,
      list: (resource, namespace) => store.list(resource, namespace),
      get: (resource, namespace, name) => store.get(resource, namespace, name),
      randomInt: (below) => kernel.randomInt(below),
      randomName: (length) => kernel.randomName(length),
      serviceCidr: this.options.serviceCidr,
    };
  }

  /** A private copy of what came in, with the path's namespace in it. */
  private thaw(kind: KindDefinition, namespace: string | undefined, input: unknown): KubeObject {
    if (typeof input !== "object" || input === null || Array.isArray(input))
      throw badRequest("the object provided is unrecognized (must be of type Object)");
    const draft = clone(input) as KubeObject;
    const apiVersion = kind.group ? `${kind.group}/${kind.version}` : kind.version;
    draft.apiVersion ??= apiVersion;
    draft.kind ??= kind.kind;
    if (draft.kind !== kind.kind || draft.apiVersion !== apiVersion) {
      throw badRequest(
        `the object provided is unrecognized (must be of type ${kind.kind}): ${draft.apiVersion}/${draft.kind}`,
      );
    }
    (draft as any).metadata ??= {};
    if (kind.namespaced) {
      if (draft.metadata.namespace && namespace && draft.metadata.namespace !== namespace) {
        throw badRequest("the namespace of the provided object does not match the namespace sent on the request");
      }
      draft.metadata.namespace = namespace ?? draft.metadata.namespace;
      if (!draft.metadata.namespace)
        throw failure(400, "BadRequest", "an empty namespace may not be set during creation");
    } else {
      delete draft.metadata.namespace;
    }
    return draft;
  }
}

/** A namespace is held by the finalizers of its spec until its contents are gone. */
const finalizersInSpec = (kind: KindDefinition, object: KubeObject): number =>
  kind.kind === "Namespace" && kind.group === "" ? (object.spec?.finalizers ?? []).length : 0;

/** Deletions are admitted alike whoever asks. */
const SYSTEM: UserInfo = { username: "system:apiserver" };

export const groupResource = (kind: KindDefinition): GroupResource => ({ group: kind.group, resource: kind.plural });
