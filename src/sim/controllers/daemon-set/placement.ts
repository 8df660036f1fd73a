import type { NewObject } from "../../apiserver/client";
import { clone } from "../../kernel/freeze";
import { TEMPLATE_GENERATION } from "../../kinds/daemon-set";
import { matchesNodeSelection } from "../../scheduler/node-selector";
import { isTolerated, type Taint, type Toleration } from "../../scheduler/tolerations";
import type { KubeObject } from "../../types";
import { REVISION_HASH } from "../history/revisions";
import { podFromTemplate } from "../replica-set/pod-from-template";

/** On pods: which count of the template's changes they were made of. */
export const POD_TEMPLATE_GENERATION = "pod-template-generation";

const exists = (key: string, effect: string): Toleration => ({ key, operator: "Exists", effect });

/** What every daemon endures (https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/#taints-and-tolerations). */
const DAEMON_TOLERATIONS: readonly Toleration[] = [
  exists("node.kubernetes.io/not-ready", "NoExecute"),
  exists("node.kubernetes.io/unreachable", "NoExecute"),
  exists("node.kubernetes.io/disk-pressure", "NoSchedule"),
  exists("node.kubernetes.io/memory-pressure", "NoSchedule"),
  exists("node.kubernetes.io/pid-pressure", "NoSchedule"),
  exists("node.kubernetes.io/unschedulable", "NoSchedule"),
];
const HOST_NETWORK_TOLERATION = exists("node.kubernetes.io/network-unavailable", "NoSchedule");

const isSame = (a: Toleration, b: Toleration): boolean =>
  a.key === b.key &&
  a.effect === b.effect &&
  (a.operator ?? "") === (b.operator ?? "") &&
  (a.value ?? "") === (b.value ?? "");

function tolerationsOf(podSpec: any): Toleration[] {
  const wanted = podSpec.hostNetwork ? [...DAEMON_TOLERATIONS, HOST_NETWORK_TOLERATION] : DAEMON_TOLERATIONS;
  const own: Toleration[] = podSpec.tolerations ?? [];
  const kept = own.map((one) => wanted.find((toleration) => isSame(one, toleration)) ?? one);
  return [...kept, ...wanted.filter((toleration) => !own.some((one) => isSame(one, toleration)))];
}

/** The pod for one node: its affinity names the node, so that the scheduler binds it there and nowhere else. */
export function podForNode(daemonSet: KubeObject, node: string, hash: string): NewObject {
  const { template } = daemonSet.spec;
  const pod = podFromTemplate(template, daemonSet);
  const generation = daemonSet.metadata.annotations?.[TEMPLATE_GENERATION] ?? "1";
  (pod.metadata as any).labels = {
    ...pod.metadata.labels,
    [REVISION_HASH]: hash,
    [POD_TEMPLATE_GENERATION]: generation,
  };
  const spec: any = clone(template.spec);
  const required = { nodeSelectorTerms: [{ matchFields: [{ key: "metadata.name", operator: "In", values: [node] }] }] };
  spec.affinity = {
    ...spec.affinity,
    nodeAffinity: { ...spec.affinity?.nodeAffinity, requiredDuringSchedulingIgnoredDuringExecution: required },
  };
  spec.tolerations = tolerationsOf(spec);
  return { ...pod, spec };
}

/** The node that a pod is on, or is meant for while the scheduler has not bound it. */
export function targetNode(pod: KubeObject): string | undefined {
  if (pod.spec.nodeName) return pod.spec.nodeName;
  const terms =
    pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  for (const { matchFields = [] } of terms)
    for (const { key, operator, values } of matchFields)
      if (key === "metadata.name" && operator === "In" && values?.length === 1) return values[0];
  return undefined;
}

export interface Placement {
  shouldRun: boolean;
  /** A pod that is there may stay although a new one would not be made. */
  mayStay: boolean;
}

/** Upstream's NodeShouldRunDaemonPod: name, selector, required affinity and taints; never what is free on the node. */
export function placementOn(daemonSet: KubeObject, node: KubeObject): Placement {
  const { spec } = daemonSet.spec.template;
  if ((spec.nodeName && spec.nodeName !== node.metadata.name) || !matchesNodeSelection(spec, node))
    return { shouldRun: false, mayStay: false };
  const tolerations = tolerationsOf(spec);
  const untolerated = ((node.spec?.taints ?? []) as Taint[]).filter(
    (taint) => taint.effect !== "PreferNoSchedule" && !isTolerated(taint, tolerations),
  );
  return {
    shouldRun: untolerated.length === 0,
    mayStay: untolerated.every(({ effect }) => effect !== "NoExecute"),
  };
}
