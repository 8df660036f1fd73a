import { parseRfc3339 } from "../../kernel/time";
import type { Job } from "../../kinds/types";
import type { Controller } from "../controller";
import { keyOf, splitKey } from "../controller";
import { isFinished, isTrue, jobCondition } from "./conditions";

const CONTROLLER = "ttl-after-finished-controller";
const JOBS = "jobs.batch";

/** Jobs that have ended go after `ttlSecondsAfterFinished` (https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/). */
export const ttlAfterFinishedController: Controller = {
  name: CONTROLLER,

  *keysFor({ type, resource, object }) {
    if (resource !== JOBS || type === "DELETED" || object.spec.ttlSecondsAfterFinished === undefined) return;
    if (isFinished(object as unknown as Job)) yield keyOf(object);
  },

  sync(sim, key) {
    const { namespace, name } = splitKey(key);
    const job = sim.store.get(JOBS, namespace, name) as unknown as Job | undefined;
    const ttl = job?.spec.ttlSecondsAfterFinished;
    if (!job || ttl === undefined || !isFinished(job) || job.metadata.deletionTimestamp) return;
    const condition = jobCondition(job, isTrue(job, "Complete") ? "Complete" : "Failed");
    const since = parseRfc3339(condition?.lastTransitionTime ?? "") ?? sim.kernel.nowMs;
    const waitMs = since + ttl * 1000 - sim.kernel.nowMs;
    if (waitMs > 0) return { requeueAfterMs: waitMs };
    const { uid } = job.metadata;
    sim.api(CONTROLLER).delete(JOBS, namespace, name, { propagationPolicy: "Foreground", preconditions: { uid } });
  },
};
