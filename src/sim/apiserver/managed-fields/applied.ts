import { cannotBeHandled, decodeError } from "../../kinds/schema";
import type { KubeObject } from "../../types";
import { asStored } from "../conversion";
import { typeMetaOf } from "../field-validation";
import { groupVersion, type KindDefinition } from "../kind";
import type { KindRegistry } from "../registry";
import { badRequest, failure } from "../status";
import { applyConfiguration, withoutClientSideApplied } from "./apply";
import { applyConflict } from "./conflicts";
import { decodeEntries, encodeEntries, type Managed, type StoredEntry, storedEntries } from "./entries";
import { isEmpty } from "./field-set";
import { mergeTypeOf } from "./merge-types";
import { afterUpdate } from "./ownership";
import { isDict } from "./steps";
import { comparisonsOf, ignoredFields, type Writer } from "./tracker";
import { typedErrors } from "./typed-errors";

const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
/** Whose annotation of client-side apply is minded and kept up to date. */
const KUBECTL = "kubectl";
/** Owns what was there before anything was tracked. */
const BEFORE_FIRST_APPLY = "before-first-apply";

/**
 * The object after a server-side apply by `writer`, not yet defaulted or validated, and who manages what then. Throws a
 * Status for what is not of the kind, and for conflicts.
 */
export function applied(
  kind: KindDefinition,
  kinds: KindRegistry,
  live: KubeObject | undefined,
  config: unknown,
  writer: Writer & { force: boolean },
): { object: KubeObject; entriesOf(): StoredEntry[] | undefined } {
  const type = mergeTypeOf(kind);
  const apiVersion = groupVersion(kind);
  const own = checked(kind, config);
  const toStored = (object: KubeObject) => asStored(kind, kinds.storedKind(kind), object);
  const ignored = ignoredFields(kind, writer.subresource);
  const changes = (before: KubeObject | undefined) => (after: object) =>
    comparisonsOf(kind, kinds, before, after as KubeObject, toStored, ignored);
  const { managedFields: _, ...metadata } = live?.metadata ?? ({} as KubeObject["metadata"]);
  const bare: Partial<KubeObject> = live ? { ...live, metadata } : { apiVersion, kind: kind.kind };

  let managers: Managed[] = (live && decodeEntries(storedEntries(live))) || [];
  if (managers.length === 0 && live) {
    const first = changes(undefined)(bare);
    const actor = { applied: false, apiVersion, subresource: writer.subresource, time: writer.time };
    managers = afterUpdate([], { ...actor, manager: BEFORE_FIRST_APPLY }, first(apiVersion)!, first);
  }
  const applying = {
    live: bare,
    config: own,
    type,
    managers,
    actor: { manager: writer.manager, applied: true, apiVersion, subresource: writer.subresource, time: writer.time },
    ignored: ignored.fields,
    force: writer.force,
    changes: changes(live),
  };
  let result = applyConfiguration(applying);
  if (result.conflicts.length > 0) {
    const left = conflictsThatCount(result.conflicts, writer.manager, bare, apiVersion, type);
    if (left.some(({ fields }) => !isEmpty(fields))) throw applyConflict(left);
    result = applyConfiguration({ ...applying, force: true });
  }
  const object = result.object as KubeObject;
  const { managers: after } = result;
  return { object: withLastApplied(object, own, writer.manager), entriesOf: () => encodeEntries(after) };
}

function checked(kind: KindDefinition, config: unknown): Record<string, unknown> {
  if (!isDict(config)) {
    const what = Array.isArray(config) ? "array" : typeof config;
    throw badRequest(
      `error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${what} into Go value of type map[string]interface {}`,
    );
  }
  const wanted = groupVersion(kind);
  const { metadata } = config as { [field: string]: any };
  const { apiVersion, kind: name } = typeMetaOf(config, { apiVersion: "", kind: "" });
  const [group, version] = apiVersion.includes("/") ? apiVersion.split("/") : ["", apiVersion];
  const groupVersionText = group ? `${group}/${version}` : `/${version}`;
  if (name !== kind.kind || apiVersion !== wanted) {
    if (name === kind.kind && group === kind.group && apiVersion)
      throw badRequest(
        `Incorrect version specified in apply patch. Specified patch version: ${apiVersion}, expected: ${wanted}`,
      );
    throw badRequest(`invalid object type: ${groupVersionText}, Kind=${name}`);
  }
  if (metadata?.managedFields !== undefined && metadata.managedFields !== null)
    throw badRequest("metadata.managedFields must be nil");
  const errors = typedErrors(config, mergeTypeOf(kind));
  if (errors.length > 0) {
    const where = `${metadata?.namespace ?? ""}/${metadata?.name ?? ""}; ${groupVersionText}, Kind=${name}`;
    const why = errors.length === 1 ? errors[0] : `errors:\n${errors.map((error) => `  ${error}`).join("\n")}`;
    throw failure(500, "", `failed to create typed patch object (${where}): ${why}`);
  }
  // What merges as a whole is looked into here.
  const mistyped = kind.structural ? undefined : decodeError(config);
  if (mistyped !== undefined) throw badRequest(cannotBeHandled(kind.kind, kind.version, mistyped));
  return config;
}

/** Conflicts with what `kubectl apply` itself had set are none. */
function conflictsThatCount(
  conflicts: Parameters<typeof withoutClientSideApplied>[0],
  manager: string,
  live: Partial<KubeObject>,
  apiVersion: string,
  type: ReturnType<typeof mergeTypeOf>,
) {
  const text = live.metadata?.annotations?.[LAST_APPLIED];
  if (manager !== KUBECTL || !text) return [...conflicts];
  const last = parsed(text);
  if (!last || last.apiVersion !== apiVersion) return [...conflicts];
  return withoutClientSideApplied(conflicts, live, last, type);
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isDict(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Where client-side apply has left its annotation, it says what was applied last. */
function withLastApplied(object: KubeObject, config: Record<string, any>, manager: string): KubeObject {
  if (manager !== KUBECTL || !object.metadata?.annotations?.[LAST_APPLIED]) return object;
  const { annotations, ...metadata } = config.metadata ?? {};
  const { [LAST_APPLIED]: _, ...others } = annotations ?? {};
  const told = { ...config, metadata: { ...metadata, ...(annotations && { annotations: others }) } };
  return {
    ...object,
    metadata: {
      ...object.metadata,
      annotations: { ...object.metadata.annotations, [LAST_APPLIED]: `${sortedJson(told)}\n` },
    },
  };
}

const sortedJson = (value: unknown): string =>
  JSON.stringify(value, (_, member) =>
    isDict(member) ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1))) : member,
  );
