import type { Sim } from "../component";
import { clone, deepEqual } from "../kernel/freeze";
import type { Kernel } from "../kernel/kernel";
import { invalid as fieldInvalid, required } from "../kinds/validation/field-error";
import { isPathSegmentName } from "../kinds/validation/references";
import type { ClusterOptions } from "../options";
import type { KubeObject, UserInfo } from "../types";
import type { AdmissionPlugin, AdmissionRequest } from "./admission/admission";
import type { DeleteOptions } from "./client";
import { asServed, asStored } from "./conversion";
import { type KindContext, type KindDefinition, type SubresourceStrategy, storedResource } from "./kind";
import { applied } from "./managed-fields/applied";
import { type StoredEntry, sameEntries, setEntries, storedEntries } from "./managed-fields/entries";
import { comparisonsOf, entriesAfterUpdate, ignoredFields, type Writer } from "./managed-fields/tracker";
import {
  alreadyExists,
  badRequest,
  conflict,
  type FieldError,
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
  /** The subresource that managed fields name, where the write itself goes to the object: `scale`. */
  writtenThrough?: string;
  /** Warnings of admission plugins for the client. */
  warn?(text: string): void;
}

/** A server-side apply: `force` takes over what others manage. */
export interface ApplyOptions extends WriteOptions {
  force: boolean;
}

/** The life of stored objects: create, update, delete with everything that the real registry does around them. */
export class Verbs {
  constructor(
    readonly options: ClusterOptions,
    readonly kernel: Kernel,
    readonly store: Store,
    readonly admission: readonly AdmissionPlugin[],
    readonly sim: () => Sim,
  ) {}

  get(kind: KindDefinition, namespace: string | undefined, name: string): KubeObject {
    return asServed(kind, this.stored(kind, namespace, name));
  }

  /** The object as the store has it, in the stored version. */
  stored(kind: KindDefinition, namespace: string | undefined, name: string): KubeObject {
    const object = this.store.get(storedResource(kind), kind.namespaced ? namespace : undefined, name);
    if (!object) throw notFound(groupResource(kind), name);
    return object;
  }

  create(kind: KindDefinition, namespace: string | undefined, input: unknown, options: WriteOptions): KubeObject {
    const sent = this.thaw(kind, namespace, input);
    return this.insert(kind, sent, options, (written) => this.tracked(kind, undefined, written, options));
  }

  private insert(kind: KindDefinition, sent: KubeObject, options: WriteOptions, entriesOf: Tracking): KubeObject {
    if (sent.metadata.resourceVersion) throw badRequest("resourceVersion should not be set on objects to be created");
    if (!sent.metadata.name && sent.metadata.generateName)
      sent.metadata.name = `${sent.metadata.generateName.slice(0, 58)}${this.kernel.randomName()}`;
    const { stored, draft } = this.toStored(kind, sent);
    const { metadata } = draft;
    setEntries(draft, entriesOf(sent));
    metadata.uid = this.kernel.uuid();
    metadata.creationTimestamp = this.kernel.now() as any;
    const admission = this.admissionRequest("create", stored, draft, undefined, options);
    for (const plugin of this.admission) plugin.mutate?.(admission);
    stored.prepareForCreate?.(draft, this.context(options.user));
    stored.setDefaults?.(draft);
    delete metadata.deletionTimestamp;
    delete metadata.deletionGracePeriodSeconds;
    delete metadata.selfLink;
    let errors = [...(stored.validate?.(draft) ?? []), ...(stored.validateCreate?.(draft) ?? [])];
    if (errors.length === 0) errors = nameErrors(metadata.name);
    if (errors.length > 0) throw invalid({ group: stored.group, kind: stored.kind }, metadata.name ?? "", errors);
    for (const plugin of this.admission) plugin.validate?.(admission);
    const resource = storedResource(kind);
    if (this.store.get(resource, metadata.namespace, metadata.name))
      throw alreadyExists(groupResource(kind), metadata.name);
    return asServed(kind, options.dryRun ? draft : this.store.put(resource, draft));
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
    if (draft.metadata.name !== name) throw nameMismatch(draft.metadata.name, name);
    return this.replace(kind, old, draft, options);
  }

  /**
   * The common end of PUT and PATCH: checks the version, keeps what may not change, validates, stores. `before` and
   * `after` are in the version of `kind`.
   */
  replace(kind: KindDefinition, before: KubeObject, after: KubeObject, options: WriteOptions): KubeObject {
    return this.overwrite(kind, before, after, options, (sent) => this.tracked(kind, before, sent, options));
  }

  private overwrite(
    kind: KindDefinition,
    before: KubeObject,
    after: KubeObject,
    options: WriteOptions,
    entriesOf: Tracking,
  ): KubeObject {
    const gr = groupResource(kind);
    const { name, namespace } = before.metadata;
    const old = kind.storedAs ? this.stored(kind, namespace, name) : before;
    checkPreconditions(gr, old, after.metadata);
    const { stored, draft } = this.toStored(kind, after, !options.subresource);
    const entries = entriesOf(after);
    for (const field of SERVER_SET) {
      if (old.metadata[field] === undefined) delete draft.metadata[field];
      else (draft.metadata as any)[field] = old.metadata[field];
    }
    draft.metadata.resourceVersion = old.metadata.resourceVersion;
    const admission = this.admissionRequest("update", stored, draft, old, options);
    const { prepareForUpdate, validateUpdate } = this.strategy(stored, options.subresource);
    for (const plugin of this.admission) plugin.mutate?.(admission);
    prepareForUpdate?.(draft, old, this.context(options.user));
    const errors = validateUpdate?.(draft, old) ?? [];
    if (errors.length > 0) throw invalid({ group: stored.group, kind: stored.kind }, name, errors);
    for (const plugin of this.admission) plugin.validate?.(admission);
    // Times of managers alone are no change.
    const known = storedEntries(old);
    setEntries(draft, sameEntries(entries, known) ? known : entries);
    if (deepEqual(draft, old)) return asServed(kind, old);
    setEntries(draft, entries);
    if (options.dryRun) return asServed(kind, draft);
    const { metadata } = draft;
    const resource = storedResource(kind);
    if (
      metadata.deletionTimestamp &&
      (metadata.finalizers ?? []).length === 0 &&
      finalizersInSpec(stored, draft) === 0 &&
      !(Number(metadata.deletionGracePeriodSeconds) > 0)
    ) {
      return asServed(kind, this.store.remove(resource, namespace, name) ?? draft);
    }
    return asServed(kind, this.store.put(resource, draft));
  }

  /** Server-side apply: merges the configuration into the object, or creates it. */
  apply(
    kind: KindDefinition,
    namespace: string | undefined,
    name: string,
    config: unknown,
    options: ApplyOptions,
  ): { object: KubeObject; created: boolean } {
    const live = this.store.get(storedResource(kind), kind.namespaced ? namespace : undefined, name);
    const served = live && asServed(kind, live);
    const manager = this.writer(options);
    const { object, entriesOf } = applied(kind, this.sim().kinds, served, config, { ...options, ...manager });
    const { metadata } = object;
    const sent = this.thaw(kind, namespace, { ...object, metadata: { ...metadata, name: metadata?.name ?? name } });
    if (sent.metadata.name !== name) throw nameMismatch(sent.metadata.name, name);
    if (served) return { object: this.overwrite(kind, served, sent, options, entriesOf), created: false };
    if (options.subresource) throw notFound(groupResource(kind), name);
    if (sent.metadata.uid) {
      throw conflict(
        groupResource(kind),
        name,
        `uid mismatch: the provided object specified uid ${sent.metadata.uid}, and no existing object was found`,
      );
    }
    delete (sent.metadata as { resourceVersion?: string }).resourceVersion;
    return { object: this.insert(kind, sent, options, entriesOf), created: true };
  }

  private writer({ fieldManager = "unknown", subresource = "", writtenThrough }: WriteOptions): Writer {
    return { manager: fieldManager, subresource: writtenThrough ?? subresource, time: this.kernel.now() };
  }

  /** Who manages what after a write of `sent`. */
  private tracked(kind: KindDefinition, live: KubeObject | undefined, sent: KubeObject, options: WriteOptions) {
    const { kinds } = this.sim();
    const toStored = (object: KubeObject) => asStored(kind, kinds.storedKind(kind), object);
    const writer = this.writer(options);
    const ignored = ignoredFields(kind, writer.subresource);
    return entriesAfterUpdate(kind, live, sent, writer, comparisonsOf(kind, kinds, live, sent, toStored, ignored));
  }

  /** The rules of an update of the object itself, or of one of its subresources. */
  private strategy(kind: KindDefinition, subresource = ""): SubresourceStrategy {
    switch (subresource) {
      case "":
        return {
          prepareForUpdate: (draft, old, context) => kind.prepareForUpdate?.(draft, old, context),
          validateUpdate: (draft, old) => [
            ...(kind.validate?.(draft) ?? []),
            ...(kind.validateUpdate?.(draft, old) ?? []),
          ],
        };
      case "status":
        return {
          prepareForUpdate(draft, old, context) {
            keepAllButStatus(draft, old);
            kind.prepareForStatusUpdate?.(draft, old, context);
          },
          validateUpdate: (draft, old) => kind.validateStatusUpdate?.(draft, old) ?? [],
        };
      default:
        return kind.subresources?.find(({ name }) => name === subresource)?.strategy ?? {};
    }
  }

  /** Gives the object as it was last: marked for deletion while finalizers or grace hold it, else gone. */
  delete(
    kind: KindDefinition,
    namespace: string | undefined,
    name: string,
    body: DeleteOptions,
    { user, dryRun = false }: Pick<WriteOptions, "user" | "dryRun">,
  ): { object: KubeObject; gone: boolean } {
    const old = this.stored(kind, namespace, name);
    const { uid, resourceVersion } = body.preconditions ?? {};
    const gr = groupResource(kind);
    checkUid(gr, old, uid);
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
    if (kind.deletionFinalizer && !old.metadata.deletionTimestamp) finalizers.add(kind.deletionFinalizer);
    const inSpec = finalizersInSpec(kind, old);
    const holds = finalizers.size > 0 || grace > 0 || inSpec > 0;
    const admission = this.admissionRequest("delete", this.storedKind(kind), old, old, { user, dryRun });
    for (const plugin of this.admission) plugin.mutate?.(admission);
    for (const plugin of this.admission) plugin.validate?.(admission);
    const answer = (object: KubeObject, gone: boolean) => ({ object: asServed(kind, object), gone });
    const resource = storedResource(kind);
    if (!holds) return answer(dryRun ? old : this.store.remove(resource, old.metadata.namespace, name)!, true);
    // What keeps finalizers in its spec (a namespace) knows no grace, and is marked once.
    const already = Number(old.metadata.deletionGracePeriodSeconds ?? (inSpec > 0 ? 0 : Number.POSITIVE_INFINITY));
    if (
      old.metadata.deletionTimestamp &&
      grace >= already &&
      finalizers.size === (old.metadata.finalizers ?? []).length
    ) {
      return answer(old, false);
    }
    const draft = clone(old);
    draft.metadata.finalizers = finalizers.size > 0 ? [...finalizers] : undefined;
    if (draft.metadata.finalizers === undefined) delete draft.metadata.finalizers;
    draft.metadata.deletionTimestamp = this.kernel.rfc3339After(grace * 1000) as any;
    if (inSpec === 0) draft.metadata.deletionGracePeriodSeconds = grace as any;
    if (draft.metadata.generation !== undefined)
      draft.metadata.generation = (Number(draft.metadata.generation) + 1) as any;
    if (inSpec > 0) draft.status = { ...draft.status, phase: "Terminating" };
    return answer(dryRun ? draft : this.store.put(resource, draft), false);
  }

  /** PUT …/finalize: the namespace goes once nothing holds it. */
  finalizeNamespace(kind: KindDefinition, old: KubeObject, finalizers: string[]): KubeObject {
    const draft = clone(old);
    draft.spec = { ...draft.spec, finalizers };
    if (finalizers.length === 0 && draft.metadata.deletionTimestamp && (draft.metadata.finalizers ?? []).length === 0) {
      return this.store.remove(storedResource(kind), undefined, old.metadata.name) ?? draft;
    }
    return deepEqual(draft, old) ? old : this.store.put(storedResource(kind), draft);
  }

  private context(user: UserInfo): KindContext {
    const { kernel, store } = this;
    return {
      nowMs: kernel.nowMs,
      user,
      list: (resource, namespace) => store.list(resource, namespace),
      get: (resource, namespace, name) => store.get(resource, namespace, name),
      randomInt: (below) => kernel.randomInt(below),
      randomName: (length) => kernel.randomName(length),
      serviceCidr: this.options.serviceCidr,
    };
  }

  private storedKind(kind: KindDefinition): KindDefinition {
    return this.sim().kinds.storedKind(kind);
  }

  /** What came in, with its version's defaults, as the store would have it. */
  private toStored(kind: KindDefinition, sent: KubeObject, withDefaults = true) {
    if (withDefaults) kind.setDefaults?.(sent);
    const stored = this.storedKind(kind);
    const draft = asStored(kind, stored, sent);
    if (kind.storedAs?.ownRules) return { stored: kind, draft };
    if (withDefaults && stored !== kind) stored.setDefaults?.(draft);
    return { stored, draft };
  }

  private admissionRequest(
    verb: AdmissionRequest["verb"],
    kind: KindDefinition,
    draft: KubeObject,
    old: KubeObject | undefined,
    { user, dryRun = false, subresource = "", warn = () => {} }: WriteOptions,
  ): AdmissionRequest {
    return { verb, kind, subresource, draft, ...(old && { old }), user, dryRun, sim: this.sim(), warn };
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

/** Tells who manages what once the object, defaulted, is as it was sent. */
type Tracking = (sent: KubeObject) => StoredEntry[] | undefined;

const nameMismatch = (name: string | undefined, wanted: string) =>
  badRequest(`the name of the object (${name ?? ""}) does not match the name on the URL (${wanted})`);

/** Metadata that clients may send back but never set. */
const SERVER_SET = [
  "uid",
  "creationTimestamp",
  "deletionTimestamp",
  "deletionGracePeriodSeconds",
  "generation",
] as const;

function checkUid(gr: GroupResource, { metadata }: KubeObject, uid: string | undefined): void {
  if (!uid || uid === metadata.uid) return;
  throw conflict(
    gr,
    metadata.name,
    `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${metadata.uid}`,
  );
}

function checkPreconditions(gr: GroupResource, old: KubeObject, sent: KubeObject["metadata"]): void {
  if (sent.resourceVersion && sent.resourceVersion !== old.metadata.resourceVersion)
    throw conflict(gr, old.metadata.name, OPTIMISTIC_LOCK);
  checkUid(gr, old, sent.uid);
}

/** A write of the status changes nothing else, whatever came with it. */
function keepAllButStatus(draft: KubeObject, old: KubeObject): void {
  const { status } = draft;
  const { annotations } = draft.metadata;
  Object.assign(draft, clone(old));
  // The deployment controller keeps its revision in an annotation, which it writes together with the status.
  if (annotations) draft.metadata.annotations = annotations;
  if (status === undefined) delete draft.status;
  else draft.status = status;
}

export const groupResource = (kind: KindDefinition): GroupResource => ({ group: kind.group, resource: kind.plural });

/** What every name must be, whatever the rules of its kind, so that a path can name the object (rest.BeforeCreate). */
function nameErrors(name: string | undefined): FieldError[] {
  if (!name) return [required("metadata.name", "name or generateName is required")];
  return isPathSegmentName(name).map((text) => fieldInvalid("metadata.name", name, text));
}
