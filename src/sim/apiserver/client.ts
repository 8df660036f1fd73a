import { clone, deepEqual } from "../kernel/freeze";
import type { KubeObject } from "../types";

export type PatchType = "json" | "merge" | "strategic";

export interface DeleteOptions {
  gracePeriodSeconds?: number;
  propagationPolicy?: "Orphan" | "Background" | "Foreground";
  preconditions?: { uid?: string; resourceVersion?: string };
  dryRun?: string[];
}

/** An object on its way in: the server fills in the rest of its metadata. */
export type NewObject<T extends KubeObject = KubeObject> = Omit<T, "metadata"> & {
  metadata: { name?: string; generateName?: string; namespace?: string; [field: string]: any };
};

/**
 * The API as components inside the process use it: the same verbs, admission and validation as over a path, on plain
 * objects. Resources are named `pods`, `deployments.apps`. Every method throws `StatusError`. Results are frozen.
 */
export interface ApiClient {
  get<T extends KubeObject = KubeObject>(resource: string, namespace: string | undefined, name: string): T;
  create<T extends KubeObject = KubeObject>(resource: string, object: NewObject<T>): T;
  update<T extends KubeObject = KubeObject>(resource: string, object: T): T;
  updateStatus<T extends KubeObject = KubeObject>(resource: string, object: T): T;
  patch<T extends KubeObject = KubeObject>(
    resource: string,
    namespace: string | undefined,
    name: string,
    patch: unknown,
    type?: PatchType,
    subresource?: string,
  ): T;
  delete(resource: string, namespace: string | undefined, name: string, options?: DeleteOptions): void;
  /** POST to a subresource: `pods/binding`, `pods/eviction`. */
  createSubresource(resource: string, namespace: string, name: string, subresource: string, body: unknown): void;
}

/** Changes a thawed copy of `object` and writes it back, unless nothing changed. */
export function change<T extends KubeObject>(
  client: ApiClient,
  resource: string,
  object: T,
  edit: (draft: T) => void,
  part: "spec" | "status" = "spec",
): T {
  const draft = clone(object);
  edit(draft);
  if (deepEqual(draft, object)) return object;
  return part === "status" ? client.updateStatus(resource, draft) : client.update(resource, draft);
}
