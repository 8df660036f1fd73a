import { defaultPodTemplate } from "../pod/defaults";
import type { ReplicaSet } from "../types";

export function defaultReplicaSet(draft: ReplicaSet): void {
  draft.spec ??= {} as ReplicaSet["spec"];
  const spec = draft.spec as any;
  spec.replicas ??= 1;
  spec.template ??= {};
  defaultPodTemplate(spec.template);
}
