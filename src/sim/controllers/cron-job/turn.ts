import { StatusError } from "../../apiserver/status";
import type { Sim } from "../../component";
import type { CronJob, Job } from "../../kinds/types";
import type { KubeObject } from "../../types";
import { CONTROLLER, JOBS } from "./names";

/** One sync of a CronJob: what it finds, and the status that it will leave. */
export interface Turn {
  sim: Sim;
  cronJob: CronJob;
  jobs: readonly Job[];
  status: any;
}

export function event({ sim, cronJob }: Turn, type: "Normal" | "Warning", reason: string, message: string): void {
  sim.recorder.event(cronJob as unknown as KubeObject, type, reason, message, { component: CONTROLLER });
}

/** With all its pods, and off the list. False where that was refused. */
export function deleteJob(turn: Turn, { metadata }: Pick<Job, "metadata">): boolean {
  const { name, namespace, uid } = metadata;
  try {
    turn.sim.api(CONTROLLER).delete(JOBS, namespace, name, { propagationPolicy: "Background" });
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    event(turn, "Warning", "FailedDelete", `Deleted job: ${error.message}`);
    return false;
  }
  turn.status.active = (turn.status.active ?? []).filter((one: any) => one.uid !== uid);
  event(turn, "Normal", "SuccessfulDelete", `Deleted job ${name}`);
  return true;
}
