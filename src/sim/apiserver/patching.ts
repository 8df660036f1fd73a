import { clone } from "../kernel/freeze";
import type { KubeObject } from "../types";
import type { KindDefinition } from "./kind";
import { applyJsonPatch, applyMergePatch } from "./patch/json";
import { mergeSchemaOf } from "./patch/merge-schema";
import { applyStrategicMerge, isDict, PatchError } from "./patch/strategic";
import { badRequest, failure, type StatusError, unsupportedMediaType } from "./status";

export const PATCH_TYPES = {
  json: "application/json-patch+json",
  merge: "application/merge-patch+json",
  strategic: "application/strategic-merge-patch+json",
} as const;

/** The object as the patch would have it: not yet defaulted, validated or stored. */
export function patched(
  kind: KindDefinition,
  old: KubeObject,
  contentType: string | undefined,
  patch: unknown,
): KubeObject {
  const type = (contentType ?? "").split(";")[0]!.trim();
  try {
    switch (type) {
      case PATCH_TYPES.json:
        return applyJsonPatch(old, patch) as KubeObject;
      case PATCH_TYPES.merge:
        return clone(applyMergePatch(old, patch)) as KubeObject;
      case PATCH_TYPES.strategic:
        if (!isDict(patch))
          throw badRequest(
            "error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}",
          );
        return applyStrategicMerge(old, patch, mergeSchemaOf(kind.kind)) as KubeObject;
      default:
        throw unsupportedMediaType(Object.values(PATCH_TYPES));
    }
  } catch (error) {
    if (!(error instanceof PatchError)) throw error;
    throw type === PATCH_TYPES.json ? unprocessable(error.message) : badRequest(error.message);
  }
}

const unprocessable = (why: string): StatusError =>
  failure(422, "Invalid", "the server rejected our request due to an error in our request", {
    causes: [{ message: why }],
  });
