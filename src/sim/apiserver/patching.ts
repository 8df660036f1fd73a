import { clone } from "../kernel/freeze";
import type { KubeObject } from "../types";
import type { KindDefinition } from "./kind";
import { queryValue } from "./listing";
import { checkNesting } from "./nesting";
import { applyJsonPatch, applyMergePatch } from "./patch/json";
import { mergeSchemaOf } from "./patch/merge-schema";
import { applyStrategicMerge, isDict, PatchError } from "./patch/strategic";
import type { ApiRequest } from "./request";
import { badRequest, type FieldError, failure, invalid, type StatusError, unsupportedMediaType } from "./status";

export const PATCH_TYPES = {
  json: "application/json-patch+json",
  merge: "application/merge-patch+json",
  strategic: "application/strategic-merge-patch+json",
  apply: "application/apply-patch+yaml",
} as const;

export const patchTypeOf = ({ headers }: ApiRequest): string => (headers?.["content-type"] ?? "").split(";")[0]!.trim();

/** Nothing says how the lists of custom kinds merge by strategy. */
export const patchTypesOf = ({ structural }: KindDefinition): string[] =>
  Object.values(PATCH_TYPES).filter((type) => !structural || type !== PATCH_TYPES.strategic);

const MAX_MANAGER_LENGTH = 128;

/** What a PATCH may say in its query, as upstream's ValidatePatchOptions has it. */
export function checkPatchOptions(request: ApiRequest, type: string): void {
  const manager = queryValue(request, "fieldManager");
  const force = queryValue(request, "force");
  const errors: FieldError[] = [];
  if (type !== PATCH_TYPES.apply) {
    if (force !== undefined)
      errors.push({
        type: "FieldValueForbidden",
        field: "force",
        detail: "Forbidden: may not be specified for non-apply patch",
      });
  } else if (!manager) {
    errors.push({
      type: "FieldValueRequired",
      field: "fieldManager",
      detail: "Required value: is required for apply patch",
    });
  }
  if (manager && manager.length > MAX_MANAGER_LENGTH)
    errors.push({
      type: "FieldValueTooLong",
      field: "fieldManager",
      detail: `Too long: may not be more than ${MAX_MANAGER_LENGTH} bytes`,
    });
  if (errors.length > 0) throw invalid({ group: "meta.k8s.io", kind: "PatchOptions" }, "", errors);
}

/** The object as the patch would have it: not yet defaulted, validated or stored. */
export function patched(
  kind: KindDefinition,
  old: KubeObject,
  contentType: string | undefined,
  patch: unknown,
): KubeObject {
  const draft = changed(kind, old, (contentType ?? "").split(";")[0]!.trim(), patch);
  if (!isDict(draft)) {
    const what = Array.isArray(draft) ? "array" : typeof draft === "boolean" ? "bool" : typeof draft;
    const value = JSON.stringify(draft);
    const detail = `Invalid value: ${JSON.stringify(value)}: json: cannot unmarshal ${what} into Go value of type ${kind.version}.${kind.kind}`;
    throw invalid({ group: "", kind: "" }, "", [{ type: "FieldValueInvalid", field: "patch", detail }]);
  }
  checkNesting(draft);
  return (draft.metadata ? draft : { ...draft, metadata: {} }) as KubeObject;
}

function changed(kind: KindDefinition, old: KubeObject, type: string, patch: unknown): unknown {
  try {
    switch (type) {
      case PATCH_TYPES.json:
        return applyJsonPatch(old, asOperations(patch));
      case PATCH_TYPES.merge:
        return clone(applyMergePatch(old, asMap(patch)));
      case PATCH_TYPES.strategic:
        if (kind.structural) throw unsupportedMediaType(patchTypesOf(kind));
        return applyStrategicMerge(old, asMap(patch), mergeSchemaOf(kind.kind));
      default:
        throw unsupportedMediaType(Object.values(PATCH_TYPES));
    }
  } catch (error) {
    if (!(error instanceof PatchError)) throw error;
    throw type === PATCH_TYPES.json ? unprocessable() : badRequest(error.message);
  }
}

/** A merge patch is an object; null is an empty one, as Go reads it. */
function asMap(patch: unknown): Record<string, unknown> {
  if (patch === null) return {};
  if (isDict(patch)) return patch;
  const type = Array.isArray(patch) ? "array" : typeof patch === "boolean" ? "bool" : typeof patch;
  throw badRequest(
    `error decoding patch: json: cannot unmarshal ${type} into Go value of type map[string]interface {}`,
  );
}

/** As upstream's maxJSONPatchOperations. */
const OPERATIONS_LIMIT = 10_000;

function asOperations(patch: unknown): readonly unknown[] {
  if (!Array.isArray(patch)) throw badRequest("json: cannot unmarshal object into Go value of type jsonpatch.Patch");
  if (patch.length <= OPERATIONS_LIMIT) return patch;
  const why = `The allowed maximum operations in a JSON patch is ${OPERATIONS_LIMIT}, got ${patch.length}`;
  throw failure(413, "RequestEntityTooLarge", `Request entity is too large: ${why}`);
}

/** The real server does not tell which operation of a JSON patch did not apply, nor why. */
const unprocessable = (): StatusError =>
  failure(422, "Invalid", "the server rejected our request due to an error in our request", {});
