import type { MatchResources, Rule } from "../../../kinds/admission-registration/rules";
import { selectorIsEmpty, selectorMatches } from "../../../kinds/validation/labels";
import type { KubeObject } from "../../../types";
import type { AdmissionRequest } from "../admission";

const NAMESPACES = "namespaces";

export const isNamespaceObject = ({ kind }: AdmissionRequest): boolean =>
  kind.kind === "Namespace" && kind.group === "";

/** The namespace of a request, unless it is about a namespace itself or about the cluster. */
export function namespaceOf({ sim, draft, kind }: AdmissionRequest): KubeObject | undefined {
  const { namespace } = draft.metadata;
  return kind.namespaced && namespace ? sim.store.get(NAMESPACES, undefined, namespace) : undefined;
}

/**
 * Whether constraints are about a request: selectors first, then no rule that excludes it, then any that includes it
 * (apiserver's admission/plugin/policy/matching). Without rules, as in a binding, everything is meant.
 */
export function constraintsMatch(match: MatchResources | undefined, request: AdmissionRequest): boolean {
  if (!match) return true;
  if (!namespaceMatches(match.namespaceSelector, request) || !objectMatches(match.objectSelector, request))
    return false;
  const applies = (rule: Rule) => ruleMatches(rule, match.matchPolicy, request);
  if ((match.excludeResourceRules ?? []).some(applies)) return false;
  const rules = match.resourceRules ?? [];
  return rules.length === 0 || rules.some(applies);
}

function namespaceMatches(selector: any, request: AdmissionRequest): boolean {
  if (!selector || selectorIsEmpty(selector)) return true;
  const labels = isNamespaceObject(request)
    ? request.draft.metadata.labels
    : request.kind.namespaced
      ? (namespaceOf(request)?.metadata.labels ?? {})
      : undefined;
  // What lies in no namespace is not selected by one's labels.
  return labels === undefined && !isNamespaceObject(request)
    ? true
    : selectorMatches(selector, labels as Record<string, string> | undefined);
}

function objectMatches(selector: any, { draft, old }: AdmissionRequest): boolean {
  if (!selector || selectorIsEmpty(selector)) return true;
  return [draft, old].some(
    (object) => object && selectorMatches(selector, object.metadata.labels as Record<string, string> | undefined),
  );
}

const includes = (values: readonly string[] | undefined, value: string): boolean =>
  (values ?? []).some((one) => one === "*" || one === value);

function ruleMatches(rule: Rule, policy: string | undefined, request: AdmissionRequest): boolean {
  const { kind, verb, draft, sim } = request;
  if (!includes(rule.operations, verb.toUpperCase()) || !includes(rule.apiGroups, kind.group)) return false;
  const knows = (version: string) => sim.kinds.find(kind.group, version, kind.plural) !== undefined;
  const isVersion =
    includes(rule.apiVersions, kind.version) || (policy === "Equivalent" && (rule.apiVersions ?? []).some(knows));
  if (!isVersion || !scopeMatches(rule.scope, request)) return false;
  if (rule.resourceNames?.length && !rule.resourceNames.includes(draft.metadata.name)) return false;
  return (rule.resources ?? []).some((resource) => resourceMatches(resource, request));
}

function scopeMatches(scope: string | undefined, request: AdmissionRequest): boolean {
  if (scope === "Namespaced") return request.kind.namespaced;
  return scope !== "Cluster" || !request.kind.namespaced;
}

/** As rules name resources: a resource, its subresource behind a slash, or a star for either. */
function resourceMatches(text: string, { kind, subresource }: AdmissionRequest): boolean {
  const [resource, sub = ""] = text.split("/");
  if (resource !== "*" && resource !== kind.plural) return false;
  return sub === "*" || sub === subresource;
}
