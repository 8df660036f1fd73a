import { forbidden } from "../status";
import { groupResource } from "../verbs";
import { type AdmissionPlugin, isPod } from "./admission";

/** The classes that every cluster has; others come with the PriorityClass kind. */
const SYSTEM: Record<string, number> = {
  "system-cluster-critical": 2_000_000_000,
  "system-node-critical": 2_000_001_000,
};

/** Turns a pod's priorityClassName into its priority. */
export const priority: AdmissionPlugin = {
  name: "Priority",
  mutate(request) {
    const { verb, kind, draft } = request;
    if (verb !== "create" || !isPod(request) || !draft.spec) return;
    const { priorityClassName } = draft.spec;
    if (priorityClassName && SYSTEM[priorityClassName] === undefined) {
      throw forbidden(
        groupResource(kind),
        draft.metadata.name,
        `no PriorityClass with name ${priorityClassName} was found`,
      );
    }
    draft.spec.priority = priorityClassName ? SYSTEM[priorityClassName] : 0;
    draft.spec.preemptionPolicy ??= "PreemptLowerPriority";
  },
};
