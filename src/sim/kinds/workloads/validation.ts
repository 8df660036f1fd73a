import type { FieldError } from "../../apiserver/status";
import { validatePodTemplate } from "../pod/validation";
import { forbidden, invalid, notSupported, required } from "../validation/field-error";
import { goLabelSelector, goStringMap } from "../validation/go-syntax";
import {
  type Selector,
  selectorCompiles,
  selectorIsEmpty,
  selectorMatches,
  validateLabelSelector,
} from "../validation/labels";
import { nonNegative } from "../validation/numbers";

/** The rules that Deployments and ReplicaSets share: a selector that chooses something, and a template that it matches. */
export function validateSelector(selector: Selector | undefined, path: string): FieldError[] {
  if (!selector) return [required(path)];
  const errors = validateLabelSelector(selector, path);
  if (selectorIsEmpty(selector))
    errors.push(invalid(path, goLabelSelector(selector), "empty selector is invalid for deployment"));
  return errors;
}

export function validateTemplate(
  template: any,
  selector: Selector | undefined,
  path: string,
  selectorPath: string,
): FieldError[] {
  if (selector && !selectorCompiles(selector))
    return [invalid(selectorPath, goLabelSelector(selector), "invalid label selector")];
  const errors: FieldError[] = [];
  const labels = template?.metadata?.labels;
  // No selector at all selects nothing, so that no template could match it.
  const matches = selector !== undefined && (selectorIsEmpty(selector) || selectorMatches(selector, labels));
  if (!matches) errors.push(mismatch(labels, path));
  return [...errors, ...validateRunningTemplate(template, path)];
}

export const mismatch = (labels: Record<string, string> | undefined, path: string): FieldError =>
  invalid(`${path}.metadata.labels`, goStringMap(labels), "`selector` does not match template `labels`");

/** Pods that a controller keeps running are restarted always and have no deadline. */
export function validateRunningTemplate(template: any, path: string, owner = "ReplicaSet"): FieldError[] {
  const errors = validatePodTemplate(template ?? {}, path);
  const policy = template?.spec?.restartPolicy ?? "";
  if (policy !== "Always") errors.push(notSupported(`${path}.spec.restartPolicy`, policy, ["Always"]));
  if (template?.spec?.activeDeadlineSeconds !== undefined && template.spec.activeDeadlineSeconds !== null) {
    errors.push(forbidden(`${path}.spec.activeDeadlineSeconds`, `activeDeadlineSeconds in ${owner} is not Supported`));
  }
  return errors;
}

const MORE_THAN_ALL = "cannot be greater than status.replicas";

/** Counts of a ReplicaSet's and a ReplicationController's status. */
export function validateReplicaStatus(status: any): FieldError[] {
  const {
    replicas = 0,
    fullyLabeledReplicas = 0,
    readyReplicas = 0,
    availableReplicas = 0,
    observedGeneration = 0,
  } = status ?? {};
  const errors = [
    ...nonNegative(replicas, "status.replicas"),
    ...nonNegative(fullyLabeledReplicas, "status.fullyLabeledReplicas"),
    ...nonNegative(readyReplicas, "status.readyReplicas"),
    ...nonNegative(availableReplicas, "status.availableReplicas"),
    ...nonNegative(observedGeneration, "status.observedGeneration"),
  ];
  if (fullyLabeledReplicas > replicas)
    errors.push(invalid("status.fullyLabeledReplicas", fullyLabeledReplicas, MORE_THAN_ALL));
  if (readyReplicas > replicas) errors.push(invalid("status.readyReplicas", readyReplicas, MORE_THAN_ALL));
  if (availableReplicas > replicas) errors.push(invalid("status.availableReplicas", availableReplicas, MORE_THAN_ALL));
  if (availableReplicas > readyReplicas) {
    errors.push(invalid("status.availableReplicas", availableReplicas, "cannot be greater than readyReplicas"));
  }
  return errors;
}

/** The count of hash collisions only ever rises. */
export function collisionsNotDecremented(status: any, old: any): FieldError[] {
  const [now, before] = [status?.collisionCount, old?.collisionCount];
  if (before === undefined || before === null || (now ?? 0) >= before) return [];
  return [invalid("status.collisionCount", now ?? 0, "cannot be decremented")];
}
