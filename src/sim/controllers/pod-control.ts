import type { NewObject } from "../apiserver/client";
import { StatusError } from "../apiserver/status";
import type { Sim } from "../component";
import { clone } from "../kernel/freeze";
import type { KubeObject } from "../types";

/** Making and deleting pods in the name of their owner, with the events that upstream's PodControl records about it. */

/** The namespace is going: nothing more can be made in it, and nothing needs to be said about that. */
export const isNamespaceTerminating = (error: StatusError): boolean =>
  error.status.details?.causes?.some(({ reason }) => reason === "NamespaceTerminating") ?? false;

/** The pod; or the refusal, which has been told as an event; or undefined where the namespace is going. */
export function createPod(
  sim: Sim,
  controller: string,
  owner: KubeObject,
  pod: NewObject,
): KubeObject | StatusError | undefined {
  try {
    const created = sim.api(controller).create("pods", pod);
    sim.recorder.event(owner, "Normal", "SuccessfulCreate", `Created pod: ${created.metadata.name}`, {
      component: controller,
    });
    return created;
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    if (isNamespaceTerminating(error)) return undefined;
    sim.recorder.event(owner, "Warning", "FailedCreate", `Error creating: ${error.message}`, {
      component: controller,
    });
    return error;
  }
}

/** Undefined where it worked, or where the pod had gone by itself. */
export function deletePod(sim: Sim, controller: string, owner: KubeObject, pod: KubeObject): StatusError | undefined {
  const { name, namespace, uid } = pod.metadata;
  try {
    sim.api(controller).delete("pods", namespace, name, { preconditions: { uid } });
    sim.recorder.event(owner, "Normal", "SuccessfulDelete", `Deleted pod: ${name}`, { component: controller });
    return undefined;
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    if (error.reason === "NotFound") return undefined;
    sim.recorder.event(owner, "Warning", "FailedDelete", `Error deleting: ${error.message}`, {
      component: controller,
    });
    return error;
  }
}

/** Strikes a finalizer from an object, which may let it go for good. */
export function dropFinalizer(
  sim: Sim,
  controller: string,
  resource: string,
  object: KubeObject,
  finalizer: string,
): void {
  const { name, namespace, uid } = object.metadata;
  const current = sim.store.get(resource, namespace, name);
  if (current?.metadata.uid !== uid || !current.metadata.finalizers?.includes(finalizer)) return;
  const draft = clone(current);
  const rest = current.metadata.finalizers.filter((one) => one !== finalizer);
  if (rest.length > 0) (draft.metadata as any).finalizers = rest;
  else delete (draft.metadata as any).finalizers;
  sim.api(controller).update(resource, draft);
}
