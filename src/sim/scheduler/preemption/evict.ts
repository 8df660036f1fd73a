import { StatusError } from "../../apiserver/status";
import type { Sim } from "../../component";
import { clone } from "../../kernel/freeze";
import { updatePodCondition } from "../../kinds/pod/conditions";
import type { Pod } from "../../kinds/types";
import type { KubeObject } from "../../types";
import { PREEMPTION } from ".";

/** Sends a pod away for another's sake: the condition says why, then it is deleted with its own grace. */
export function evict(sim: Sim, scheduler: string, victim: Pod, preemptor: Pod, node: string): void {
  const { name, namespace } = victim.metadata;
  const stored = sim.store.get("pods", namespace, name!);
  if (!stored || stored.metadata.deletionTimestamp) return;
  const client = sim.api(scheduler);
  try {
    client.updateStatus("pods", withCondition(stored, preemptor, sim.kernel.now()));
    client.delete("pods", namespace, name!);
  } catch (error) {
    // The pod may be gone already; what is in the way otherwise is met again at the next attempt.
    if (error instanceof StatusError) return;
    throw error;
  }
  sim.recorder.event(stored, "Normal", "Preempted", `Preempted by pod ${preemptor.metadata.uid} on node ${node}`, {
    component: scheduler,
  });
}

function withCondition(pod: KubeObject, preemptor: Pod, now: string): KubeObject {
  const draft = clone(pod);
  draft.status ??= {};
  const message = `${preemptor.spec.schedulerName}: preempting to accommodate a higher priority pod`;
  updatePodCondition(draft.status, { type: "DisruptionTarget", status: "True", reason: PREEMPTION, message }, now);
  return draft;
}
