import type { NewObject } from "../../apiserver/client";
import { StatusError } from "../../apiserver/status";
import type { Sim } from "../../component";
import type { KubeObject } from "../../types";
import { claimsOf, restored } from "./identity";
import { CONTROLLER } from "./names";

/** Making, mending and deleting the pods of a StatefulSet, with the events that upstream's StatefulPodControl records. */

const CLAIMS = "persistentvolumeclaims";

function record(
  sim: Sim,
  set: KubeObject,
  verb: "Create" | "Update" | "Delete",
  what: string,
  error?: StatusError,
): void {
  const text = `${verb.toLowerCase()} ${what} in StatefulSet ${set.metadata.name}`;
  const good = what.startsWith("Claim") ? "success" : "successful";
  if (error) {
    const message = `${text} failed error: ${error.message}`;
    sim.recorder.event(set, "Warning", `Failed${verb}`, message, { component: CONTROLLER });
  } else sim.recorder.event(set, "Normal", `Successful${verb}`, `${text} ${good}`, { component: CONTROLLER });
}

/** Runs a call, tells of it, and passes a refusal on. */
function told(sim: Sim, set: KubeObject, verb: "Create" | "Update" | "Delete", what: string, call: () => void): void {
  try {
    call();
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    if (verb !== "Create" || error.reason !== "AlreadyExists") record(sim, set, verb, what, error);
    throw error;
  }
  record(sim, set, verb, what);
}

/** The claims come before the pod that mounts them. */
export function createPod(sim: Sim, set: KubeObject, pod: NewObject): void {
  createClaims(sim, set, pod.metadata.name!);
  told(sim, set, "Create", `Pod ${pod.metadata.name}`, () => sim.api(CONTROLLER).create("pods", pod));
}

export function createClaims(sim: Sim, set: KubeObject, podName: string): void {
  for (const claim of claimsOf(set, podName)) {
    const { name, namespace } = claim.metadata;
    if (sim.store.get(CLAIMS, namespace, name!)) continue;
    told(sim, set, "Create", `Claim ${name} Pod ${podName}`, () => sim.api(CONTROLLER).create(CLAIMS, claim));
  }
}

/** Gives back the labels by which others know the pod. */
export function mendPod(sim: Sim, set: KubeObject, pod: KubeObject): void {
  const draft = restored(pod);
  if (draft) told(sim, set, "Update", `Pod ${pod.metadata.name}`, () => sim.api(CONTROLLER).update("pods", draft));
}

export function deletePod(sim: Sim, set: KubeObject, { metadata }: KubeObject): void {
  told(sim, set, "Delete", `Pod ${metadata.name}`, () =>
    sim.api(CONTROLLER).delete("pods", metadata.namespace, metadata.name),
  );
}
