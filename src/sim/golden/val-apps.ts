import { matchesLabels, parseLabelSelector } from "../apiserver/selectors/labels";
import {
  validateDaemonSetSpec,
  validateUpdateStrategy as validateDaemonSetStrategy,
  validateRollingUpdate as validateRollingDaemonSet,
} from "../kinds/daemon-set/validation";
import {
  validateDeploymentSpec,
  validateDeploymentStatus,
  validateRollingUpdate,
  validateStrategy,
} from "../kinds/deployment/validation";
import { validateReplicaSetSpec } from "../kinds/replica-set/validation";
import { validateStatefulSetSpec, validateStatefulSetStatus } from "../kinds/stateful-set/validation";
import { validateLabels } from "../kinds/validation/labels";
import { isDns1123Label } from "../kinds/validation/names";
import { positiveIntOrPercent } from "../kinds/validation/numbers";
import { mismatch, validateReplicaStatus, validateRunningTemplate } from "../kinds/workloads/validation";
import { asManifest } from "./manifest";
import { type Ask, callsSuite, differs } from "./suite";
import { asked, compareErrors, kindAsks, partOf } from "./validation";

/** A template and a selector that is already parsed. */
const template =
  (validate: (template: any, path: string) => ReturnType<typeof validateLabels>): Ask =>
  ({ in: args, out }) => {
    const path = args.slice(2).find((arg: unknown) => typeof arg === "string") as string;
    const pod = asManifest(args[0]);
    const selector = parseLabelSelector(args[1]?.string ?? "");
    const errors = matchesLabels(selector, pod.metadata?.labels) ? [] : [mismatch(pod.metadata?.labels, path)];
    return compareErrors([...errors, ...validate(pod, path)], out[0]);
  };

export const appsSuite = callsSuite("val-apps.jsonl.gz", {
  ...kindAsks("apps", ["Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "ControllerRevision"]),
  ValidateDaemonSetSpec: partOf(validateDaemonSetSpec),
  ValidateDaemonSetUpdateStrategy: partOf(validateDaemonSetStrategy),
  ValidateDeploymentSpec: partOf(validateDeploymentSpec),
  ValidateDeploymentStatus: partOf(validateDeploymentStatus),
  ValidateDeploymentStrategy: partOf(validateStrategy),
  ValidatePodTemplateSpecForReplicaSet: template(validateRunningTemplate),
  ValidatePodTemplateSpecForStatefulSet: template((pod, path) =>
    validateLabels(pod.metadata?.labels, `${path}.labels`),
  ),
  ValidatePositiveIntOrPercent: asked(positiveIntOrPercent),
  ValidateReplicaSetSpec: partOf(validateReplicaSetSpec),
  ValidateReplicaSetStatus: asked(validateReplicaStatus),
  ValidateRollingUpdateDaemonSet: partOf(validateRollingDaemonSet),
  ValidateRollingUpdateDeployment: partOf(validateRollingUpdate),
  ValidateStatefulSetName: ({ in: [name], out }) => differs(isDns1123Label(name), out[0] ?? []),
  ValidateStatefulSetSpec: partOf(validateStatefulSetSpec),
  ValidateStatefulSetStatus: partOf(validateStatefulSetStatus),
});
