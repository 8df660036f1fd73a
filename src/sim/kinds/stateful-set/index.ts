import type { KindDefinition } from "../../apiserver/kind";
import { AGE_COLUMN, age, containerCells, NAME_COLUMN, shown, wide } from "../printing";
import type { StatefulSet } from "../types";
import { prepareWorkloadForCreate, prepareWorkloadForUpdate, SCALE } from "../workloads/strategy";
import { templateWarnings } from "../workloads/warnings";
import { defaultStatefulSet } from "./defaults";
import { validateStatefulSet, validateStatefulSetStatusUpdate, validateStatefulSetUpdate } from "./validation";

/** Pods with an identity that stays (https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/). */
export const statefulSet: KindDefinition<StatefulSet> = {
  group: "apps",
  version: "v1",
  kind: "StatefulSet",
  plural: "statefulsets",
  singular: "statefulset",
  shortNames: ["sts"],
  categories: ["all"],
  namespaced: true,
  hasStatus: true,
  scale: { ...SCALE },
  setDefaults: defaultStatefulSet,
  prepareForCreate(draft) {
    dropMaxUnavailable(draft);
    prepareWorkloadForCreate(draft, { replicas: 0, availableReplicas: 0 });
  },
  prepareForUpdate(draft, old) {
    dropMaxUnavailable(draft);
    prepareWorkloadForUpdate(draft, old);
  },
  validate: validateStatefulSet,
  validateUpdate: validateStatefulSetUpdate,
  validateStatusUpdate: validateStatefulSetStatusUpdate,
  warnings(statefulSet, old) {
    const warnings = templateWarnings(statefulSet, old);
    if (Number(statefulSet.spec.revisionHistoryLimit) < 0) {
      const text = "a negative value retains all historical revisions; a value >= 0 is recommended";
      warnings.push(`spec.revisionHistoryLimit: ${text}`);
    }
    return warnings;
  },
  columns: [NAME_COLUMN, shown("Ready"), AGE_COLUMN, wide("Containers"), wide("Images")],
  row: ({ metadata, spec, status }, nowMs) => [
    metadata.name,
    `${status?.readyReplicas ?? 0}/${spec.replicas ?? 0}`,
    age(metadata.creationTimestamp, nowMs),
    ...containerCells(spec.template?.spec?.containers),
  ],
};

/** Behind the feature gate MaxUnavailableStatefulSet, which is off in 1.33. */
function dropMaxUnavailable(draft: StatefulSet): void {
  const rolling = draft.spec.updateStrategy?.rollingUpdate as any;
  if (rolling) delete rolling.maxUnavailable;
}
