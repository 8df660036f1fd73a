import { deepEqual } from "../../kernel/freeze";
import type { KubeObject } from "../../types";
import { conflict, forbidden } from "../status";
import { groupResource } from "../verbs";
import { type AdmissionPlugin, type AdmissionRequest, isPod } from "./admission";

const CLASSES = "runtimeclasses.node.k8s.io";

/** A pod that names a RuntimeClass gets its overhead, and goes where the class can be run (plugin/pkg/admission/runtimeclass). */
export const runtimeClass: AdmissionPlugin = {
  name: "RuntimeClass",
  mutate(request) {
    if (request.verb !== "create" || !isPod(request) || !request.draft.spec) return;
    const chosen = classOf(request);
    if (!chosen) return;
    if (chosen.overhead?.podFixed) request.draft.spec.overhead ??= { ...chosen.overhead.podFixed };
    schedule(request, chosen.scheduling);
  },
  validate(request) {
    if (request.verb !== "create" || !isPod(request) || !request.draft.spec) return;
    const { overhead } = request.draft.spec;
    const wanted = classOf(request)?.overhead?.podFixed;
    if (wanted && !deepEqual(wanted, overhead))
      throw refused(request, "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead");
    if (!wanted && Object.keys(overhead ?? {}).length > 0)
      throw refused(request, "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead");
  },
};

const refused = ({ kind, draft }: AdmissionRequest, why: string) =>
  forbidden(groupResource(kind), draft.metadata.name ?? "", why);

function classOf(request: AdmissionRequest): (KubeObject & { overhead?: any; scheduling?: any }) | undefined {
  const name = request.draft.spec.runtimeClassName;
  if (!name) return undefined;
  const found = request.sim.store.get(CLASSES, undefined, name);
  if (!found) throw refused(request, `pod rejected: RuntimeClass "${name}" not found`);
  return found;
}

function schedule({ kind, draft }: AdmissionRequest, scheduling: any): void {
  if (!scheduling) return;
  const { spec, metadata } = draft;
  for (const [key, value] of Object.entries<string>(scheduling.nodeSelector ?? {})) {
    const own = spec.nodeSelector?.[key];
    if (own !== undefined && own !== value) {
      const why = `runtimeClass.scheduling.nodeSelector[${key}] = ${value}; pod.spec.nodeSelector[${key}] = ${own}`;
      throw conflict(groupResource(kind), metadata.name, `conflict: ${why}`);
    }
    spec.nodeSelector = { ...spec.nodeSelector, [key]: value };
  }
  for (const toleration of scheduling.tolerations ?? []) {
    const known = (spec.tolerations ?? []).some((own: unknown) => deepEqual(own, toleration));
    if (!known) spec.tolerations = [...(spec.tolerations ?? []), toleration];
  }
}
