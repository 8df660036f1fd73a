import type { KindDefinition } from "../../apiserver/kind";
import { resourceName } from "../../apiserver/kind";
import { StatusError } from "../../apiserver/status";
import { scaleOf } from "../../apiserver/subresources/scale";
import type { Sim } from "../../component";
import type { KubeObject } from "../../types";

/** What is to be scaled, and how many replicas it is told to have. */
export interface ScaleTarget {
  kind: KindDefinition;
  name: string;
  namespace: string;
  replicas: number;
  selector: string;
}

/** The scale of an autoscaler's target; a text is why it cannot be had. */
export function targetOf(sim: Sim, autoscaler: KubeObject): ScaleTarget | string {
  const { apiVersion = "", kind: kindName, name } = autoscaler.spec.scaleTargetRef;
  const namespace = autoscaler.metadata.namespace!;
  const group = apiVersion.includes("/") ? apiVersion.split("/")[0]! : "";
  const kind =
    sim.kinds.findKind(apiVersion, kindName) ??
    sim.kinds.all.find((one) => one.group === group && one.kind === kindName);
  if (!kind) return `no matches for kind "${kindName}" in group "${group}"`;
  if (!kind.scale) return "the server could not find the requested resource";
  try {
    const object = sim.api(NAME).get(resourceName(kind), namespace, name);
    const { spec, status } = scaleOf(kind, object);
    return { kind, name, namespace, replicas: spec.replicas, selector: status.selector };
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    return error.message;
  }
}

const NAME = "horizontal-pod-autoscaler";

export function setReplicas(sim: Sim, { kind, namespace, name }: ScaleTarget, replicas: number): void {
  const parts = kind.scale!.specReplicasPath.split(".").filter(Boolean);
  const patch = parts.reduceRight<unknown>((inner, part) => ({ [part]: inner }), replicas);
  sim.api(NAME).patch(resourceName(kind), namespace, name, patch, "merge", "scale");
}
