import type { ValidatingAdmissionPolicy, ValidatingAdmissionPolicyBinding } from "../../../kinds/types";
import { selectorMatches } from "../../../kinds/validation/labels";
import type { KubeObject } from "../../../types";
import { storedResource } from "../../kind";
import type { AdmissionRequest } from "../admission";

/** What a binding hands to its policy: an object, several, none that counts (`undefined`), or why it cannot. */
export type Params = { objects: (KubeObject | undefined)[] } | { error: string };

/** CollectParams of apiserver's admission/plugin/policy/generic. */
export function paramsOf(
  { spec: { paramKind } }: ValidatingAdmissionPolicy,
  { spec: { paramRef } }: ValidatingAdmissionPolicyBinding,
  { sim, draft }: AdmissionRequest,
): Params {
  if (!paramKind || !paramRef) return { objects: [undefined] };
  const { apiVersion = "", kind: kindName = "" } = paramKind;
  const kind = sim.kinds.findKind(apiVersion, kindName);
  if (!kind)
    return {
      error: `failed to find resource referenced by paramKind: '${apiVersion.includes("/") ? apiVersion : `/${apiVersion}`}, Kind=${kindName}'`,
    };
  const { name, selector, parameterNotFoundAction } = paramRef;
  const namespace = paramRef.namespace || draft.metadata.namespace;
  if (kind.namespaced && !namespace)
    return { error: "cannot use namespaced paramRef in policy binding that matches cluster-scoped resources" };
  if (!kind.namespaced && paramRef.namespace)
    return { error: "paramRef.namespace must not be provided for a cluster-scoped `paramKind`" };
  const where = kind.namespaced ? namespace : undefined;
  const resource = storedResource(kind);
  const named = name ? sim.store.get(resource, where, name) : undefined;
  const objects = name
    ? named
      ? [named]
      : []
    : sim.store
        .list(resource, where)
        .filter(({ metadata }) => selectorMatches(selector as any, metadata.labels as Record<string, string>));
  if (objects.length === 0 && parameterNotFoundAction === "Deny")
    return { error: "no params found for policy binding with `Deny` parameterNotFoundAction" };
  return { objects };
}
