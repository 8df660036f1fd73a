import type { PriorityClass } from "../../kinds/types";
import { forbidden } from "../status";
import { groupResource } from "../verbs";
import { type AdmissionPlugin, type AdmissionRequest, isPod } from "./admission";

const CLASSES = "priorityclasses.scheduling.k8s.io";

/** Turns a pod's priorityClassName into its priority, and sees to it that only one class is the default. */
export const priority: AdmissionPlugin = {
  name: "Priority",
  mutate(request) {
    if (request.verb === "create" && isPod(request) && request.draft.spec) setPriority(request);
  },
  validate(request) {
    const { kind, draft, old, verb } = request;
    if (kind.kind !== "PriorityClass" || kind.group !== "scheduling.k8s.io" || !draft.globalDefault) return;
    if (verb === "delete" || old?.globalDefault) return;
    const known = defaultClass(request);
    if (known && known.metadata.name !== draft.metadata.name)
      throw forbidden(
        groupResource(kind),
        draft.metadata.name,
        `PriorityClass ${known.metadata.name} is already marked as default. Only one default can exist`,
      );
  },
};

/** Of several that say so, the one with the lowest value. */
function defaultClass({ sim }: AdmissionRequest): PriorityClass | undefined {
  const marked = (sim.store.list(CLASSES) as readonly PriorityClass[]).filter(({ globalDefault }) => globalDefault);
  return [...marked].sort((a, b) => (a.value ?? 0) - (b.value ?? 0))[0];
}

function setPriority(request: AdmissionRequest): void {
  const { sim, draft, kind } = request;
  const { spec } = draft;
  const refuse = (why: string) => forbidden(groupResource(kind), draft.metadata.name, why);
  let chosen: PriorityClass | undefined;
  if (spec.priorityClassName) {
    chosen = sim.store.get(CLASSES, undefined, spec.priorityClassName) as PriorityClass | undefined;
    if (!chosen) throw refuse(`no PriorityClass with name ${spec.priorityClassName} was found`);
  } else {
    chosen = defaultClass(request);
    if (chosen) spec.priorityClassName = chosen.metadata.name;
  }
  const value = chosen?.value ?? 0;
  if (spec.priority !== undefined && spec.priority !== value)
    throw refuse(
      `the integer value of priority (${spec.priority}) must not be provided in pod spec; priority admission controller computed ${value} from the given PriorityClass name`,
    );
  spec.priority = value;
  const policy = chosen?.preemptionPolicy ?? "PreemptLowerPriority";
  if (spec.preemptionPolicy !== undefined && spec.preemptionPolicy !== policy)
    throw refuse(
      `the string value of PreemptionPolicy (${spec.preemptionPolicy}) must not be provided in pod spec; priority admission controller computed ${policy} from the given PriorityClass name`,
    );
  spec.preemptionPolicy = policy;
}
