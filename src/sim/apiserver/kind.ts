import type { Sim } from "../component";
import type { JsonSchema } from "../kinds/custom-resource/schema";
import type { KubeObject, UserInfo } from "../types";
import type { Call } from "./call";
import type { MergeType } from "./managed-fields/merge-types";
import type { ApiResponse } from "./request";
import type { FieldError, StatusError } from "./status";

/** A column of `kubectl get`, as a Table's columnDefinitions carry it. Priority 1 is shown by `-o wide` only. */
export interface Column {
  name: string;
  type: "string" | "integer" | "number" | "boolean" | "date";
  format?: string;
  description?: string;
  priority?: number;
}

export type Cell = string | number | boolean | null;

/** What the rules of a kind may know of the world around the object. */
export interface KindContext {
  nowMs: number;
  /** Who asks. */
  user: UserInfo;
  /** Reads the store, e.g. to allocate an address. */
  list(resource: string, namespace?: string): readonly KubeObject[];
  get(resource: string, namespace: string, name: string): KubeObject | undefined;
  /** A random integer in [0, below). */
  randomInt(below: number): number;
  randomName(length?: number): string;
  /** CIDR of Service addresses. */
  serviceCidr: string;
}

/** Rules of a write through a subresource that has the kind's own objects as bodies: `status`, `resize`, `approval`. */
export interface SubresourceStrategy<T extends KubeObject = any> {
  /** Keeps everything that the subresource may not change. */
  prepareForUpdate?(draft: T, old: T, context: KindContext): void;
  validateUpdate?(object: T, old: T): FieldError[];
}

/** What stands behind an object's name in a path: `pods/eviction`, `serviceaccounts/token`. */
export interface Subresource {
  name: string;
  /** Kind of its bodies as discovery tells it; default: the kind that has it. */
  kind?: string;
  group?: string;
  version?: string;
  /** Verbs that discovery names; every other method is refused. */
  verbs: string[];
  /** GET, PUT and PATCH work on the object itself, under these rules. */
  strategy?: SubresourceStrategy;
  /** Answers everything else. Left out where whoever serves HTTP takes over the connection: exec, attach, port-forward. */
  handle?(call: Call): ApiResponse;
}

/** The same objects as another group or version shows them: autoscaling/v1 of autoscaling/v2, events.k8s.io of core. */
export interface StoredAs {
  /** Name of the resource under which the objects are stored: `horizontalpodautoscalers.autoscaling`. */
  resource: string;
  /** From this version to the stored one. The argument has this version's defaults; it may be taken apart. */
  toStored(object: KubeObject): KubeObject;
  /** From the stored one; the argument is frozen, its metadata is shared. */
  fromStored(object: KubeObject): KubeObject;
  /** Writes follow this version's rules rather than the stored one's: the versions of a CRD differ by schema only. */
  ownRules?: true;
}

/** What nothing is stored of: reviews, which can only be created, and lists that the server makes up when asked. */
export interface Computed {
  /** The answer to a POST. */
  create?(call: Call, object: KubeObject): KubeObject;
  /** All objects of the namespace, or of all; selectors are applied afterwards. */
  list?(call: Call, namespace: string | undefined): readonly KubeObject[];
  /** The answer where none of the list has the name; default: that it was not found. */
  missing?(call: Call, name: string): StatusError;
  /** Others of the kind are stored: what is computed stands before them, and cannot be changed. */
  besideStored?: true;
}

/**
 * All that the API server knows of a kind: one folder under `kinds/`. Functions get a thawed draft where they may
 * change it (`prepare…`, `setDefaults`), a frozen object elsewhere. Only `kind`, names and `columns` are required.
 */
export interface KindDefinition<T extends KubeObject = any> {
  /** "" is the core group. */
  group: string;
  version: string;
  kind: string;
  /** Plural: `deployments`. */
  plural: string;
  singular: string;
  /** Default: the kind with `List` behind it. */
  listKind?: string;
  shortNames?: string[];
  categories?: string[];
  namespaced: boolean;
  /** Verbs that discovery names; default: all eight. */
  verbs?: string[];
  hasStatus?: boolean;
  scale?: { specReplicasPath: string; statusReplicasPath: string; selectorPath: string };
  /** Beside `status` and `scale`. */
  subresources?: Subresource[];
  /** Of a kind that is another group's or version's view of stored objects: that one's rules hold, these defaults come first. */
  storedAs?: StoredAs;
  computed?: Computed;
  /** The schema, for kinds that a CRD defines. */
  structural?: JsonSchema;
  /** How objects merge, for kinds whose schema is not built in. */
  mergeType?(): MergeType;
  /** Rejects metadata.name; default: DNS-1123 subdomain. Gives each complaint's text. */
  validateName?(name: string): string[];

  /** Fills in defaults in place, as the versioned `SetDefaults_*` functions do. Idempotent. */
  setDefaults?(draft: T): void;
  /** Runs before validation of a create: clears status, sets generation, allocates addresses. */
  prepareForCreate?(draft: T, context: KindContext): void;
  /** Runs before validation of an update: keeps status and what is allocated, bumps generation. */
  prepareForUpdate?(draft: T, old: T, context: KindContext): void;
  validate?(object: T): FieldError[];
  /** Beside `validate`, where an update may leave as it was what a create may not bring. */
  validateCreate?(object: T): FieldError[];
  validateUpdate?(object: T, old: T): FieldError[];
  prepareForStatusUpdate?(draft: T, old: T, context: KindContext): void;
  validateStatusUpdate?(object: T, old: T): FieldError[];
  /** Warnings that the real server sends on create and update. */
  warnings?(object: T, old?: T): string[];
  /** Sent as a warning with every answer about the kind, as the real server does for deprecated ones. */
  deprecation?: string;
  /** What is read of a stored object where part of it moves with the clock: heartbeats. */
  asOfNow?(object: T, sim: Sim): T;
  columns: Column[];
  /** Cells in the order of `columns`. */
  row(object: T, nowMs: number): Cell[];
  /** Beyond metadata.name and metadata.namespace: what `--field-selector` may name. */
  selectableFields?(object: T): Record<string, string>;
  /** Put on an object when it is first deleted, for a controller to take off. */
  deletionFinalizer?: string;
  /** Seconds of grace on delete where the request says nothing; default 0. Pods: their own. */
  defaultGraceSeconds?(object: T): number;
}

/** `pods`, `deployments.apps`: how the store, RBAC and kubectl name a resource. */
export const resourceName = (kind: Pick<KindDefinition, "group" | "plural">): string =>
  kind.group ? `${kind.plural}.${kind.group}` : kind.plural;

export const groupVersion = (kind: Pick<KindDefinition, "group" | "version">): string =>
  kind.group ? `${kind.group}/${kind.version}` : kind.version;

/** Under which name the store keeps the objects of a kind. */
export const storedResource = (kind: Pick<KindDefinition, "group" | "plural" | "storedAs">): string =>
  kind.storedAs?.resource ?? resourceName(kind);
