import type { PodLike } from "../../pod-security/check";
import { detailOf, violations } from "../../pod-security/evaluate";
import { existingPodWarnings } from "../../pod-security/existing-pods";
import { compareLevels, policyOf, policyText } from "../../pod-security/policy";
import { forbidden, invalid } from "../status";
import { groupResource } from "../verbs";
import type { AdmissionPlugin, AdmissionRequest } from "./admission";

/** Subresources whose bodies are not pods, and that of the kubelet. */
const IGNORED = new Set(["exec", "attach", "binding", "eviction", "log", "portforward", "proxy", "status"]);
const OWNERS = new Set([
  "PodTemplate",
  "ReplicationController",
  "ReplicaSet.apps",
  "Deployment.apps",
  "StatefulSet.apps",
  "DaemonSet.apps",
  "Job.batch",
  "CronJob.batch",
]);

/** Holds pods to the level that their namespace's labels ask for (kubernetes.io/docs/concepts/security/pod-security-admission). */
export const podSecurity: AdmissionPlugin = {
  name: "PodSecurity",
  validate(request) {
    const { kind, verb, subresource } = request;
    if (verb !== "create" && verb !== "update") return;
    const name = kind.group ? `${kind.kind}.${kind.group}` : kind.kind;
    if (name === "Namespace" && !subresource) checkNamespace(request);
    else if (name === "Pod" && !IGNORED.has(subresource)) checkPod(request);
    else if (OWNERS.has(name) && !subresource) warnOfTemplate(request);
  },
};

function checkNamespace({ kind, draft, old, sim, warn }: AdmissionRequest): void {
  const policy = policyOf(draft.metadata.labels);
  const before = old && policyOf(old.metadata.labels);
  const isNews = !before || JSON.stringify(before.errors) !== JSON.stringify(policy.errors);
  if (policy.errors.length > 0 && isNews) throw invalid(kind, draft.metadata.name, policy.errors);
  if (!before || policy.enforce.level === "privileged") return;
  const { enforce } = policy;
  if (enforce.version === before.enforce.version && compareLevels(enforce.level, before.enforce.level) <= 0) return;
  const pods = sim.store.list("pods", draft.metadata.name);
  for (const text of existingPodWarnings(draft.metadata.name, enforce, pods)) warn(text);
}

const policyFor = ({ sim, draft }: AdmissionRequest) =>
  policyOf(sim.store.get("namespaces", undefined, draft.metadata.namespace!)?.metadata.labels);

function checkPod(request: AdmissionRequest): void {
  const { kind, draft, old } = request;
  const { enforce, warn } = policyFor(request);
  if (enforce.level === "privileged" && warn.level === "privileged") return;
  if (old && !isSignificant(draft, old)) return;
  const found = violations(enforce, draft as PodLike);
  if (found.length > 0)
    throw forbidden(
      groupResource(kind),
      draft.metadata.name,
      `violates PodSecurity "${policyText(enforce)}": ${detailOf(found)}`,
    );
  warnOf(request, draft as PodLike);
}

function warnOfTemplate(request: AdmissionRequest): void {
  const { draft } = request;
  const template = draft.spec?.jobTemplate?.spec?.template ?? draft.spec?.template ?? (draft as any).template;
  if (template?.spec) warnOf(request, template);
}

function warnOf(request: AdmissionRequest, pod: PodLike): void {
  const { warn } = policyFor(request);
  const found = violations(warn, pod);
  if (found.length > 0) request.warn(`would violate PodSecurity "${policyText(warn)}": ${detailOf(found)}`);
}

/** Of what may be changed in a pod, images and further containers matter. */
function isSignificant(pod: any, old: any): boolean {
  for (const list of ["containers", "initContainers"]) {
    const [now = [], before = []]: any[][] = [pod.spec[list], old.spec[list]];
    if (now.length !== before.length || now.some(({ image }, index) => image !== before[index].image)) return true;
  }
  const known: any[] = old.spec.ephemeralContainers ?? [];
  return (pod.spec.ephemeralContainers ?? []).some(
    ({ name, image }: any) => known.find((one) => one.name === name)?.image !== image,
  );
}
