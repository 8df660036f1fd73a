import type { FieldError } from "../../apiserver/status";
import { deepEqual } from "../../kernel/freeze";
import type { Deployment } from "../types";
import { forbidden, GoValue, immutable, invalid, notSupported, quote, required } from "../validation/field-error";
import { goIntOrString, goLabelSelector } from "../validation/go-syntax";
import { validateMetadata, validateMetadataUpdate } from "../validation/metadata";
import { isDns1123Subdomain } from "../validation/names";
import { nonNegative, notMoreThanAll, percent, positiveIntOrPercent } from "../validation/numbers";
import { collisionsNotDecremented, validateSelector, validateTemplate } from "../workloads/validation";

export function validateDeployment({ metadata, spec: deploymentSpec }: Deployment): FieldError[] {
  const errors = validateMetadata(metadata, true, isDns1123Subdomain);
  const spec = deploymentSpec as any;
  errors.push(...nonNegative(spec.replicas, "spec.replicas"));
  errors.push(...validateSelector(spec.selector, "spec.selector"));
  errors.push(...validateTemplate(spec.template, spec.selector, "spec.template", "spec.selector"));
  errors.push(...validateStrategy(spec.strategy ?? {}, "spec.strategy"));
  errors.push(...nonNegative(spec.minReadySeconds, "spec.minReadySeconds"));
  errors.push(...nonNegative(spec.revisionHistoryLimit, "spec.revisionHistoryLimit"));
  const deadline = spec.progressDeadlineSeconds;
  if (deadline !== undefined && deadline !== null) {
    errors.push(...nonNegative(deadline, "spec.progressDeadlineSeconds"));
    if (deadline <= (spec.minReadySeconds ?? 0)) {
      errors.push(invalid("spec.progressDeadlineSeconds", deadline, "must be greater than minReadySeconds"));
    }
  }
  return errors;
}

function validateStrategy(strategy: any, path: string): FieldError[] {
  const rolling = strategy.rollingUpdate;
  if (strategy.type === "Recreate") {
    return rolling
      ? [forbidden(`${path}.rollingUpdate`, "may not be specified when strategy `type` is 'Recreate'")]
      : [];
  }
  if (strategy.type !== "RollingUpdate") {
    const pointer = rolling ? "(*apps.RollingUpdateDeployment)(0xc000000000)" : "(*apps.RollingUpdateDeployment)(nil)";
    const value = new GoValue(`apps.DeploymentStrategy{Type:${quote(strategy.type ?? "")}, RollingUpdate:${pointer}}`);
    return [notSupported(path, value, ["Recreate", "RollingUpdate"])];
  }
  if (!rolling) return [required(`${path}.rollingUpdate`, "this should be defaulted and never be nil")];
  return validateRollingUpdate(rolling, `${path}.rollingUpdate`);
}

/** What is no percentage counts as none, so that it is told here as well. */
const isZero = (value: number | string | undefined) =>
  typeof value === "string" ? (percent(value) ?? 0) === 0 : (value ?? 0) === 0;

function validateRollingUpdate({ maxSurge, maxUnavailable }: any, path: string): FieldError[] {
  const errors = positiveIntOrPercent(maxUnavailable, `${path}.maxUnavailable`);
  errors.push(...positiveIntOrPercent(maxSurge, `${path}.maxSurge`));
  if (isZero(maxUnavailable) && isZero(maxSurge)) {
    errors.push(invalid(`${path}.maxUnavailable`, goIntOrString(maxUnavailable), "may not be 0 when `maxSurge` is 0"));
  }
  return [...errors, ...notMoreThanAll(maxUnavailable, `${path}.maxUnavailable`)];
}

export function validateDeploymentUpdate(deployment: Deployment, old: Deployment): FieldError[] {
  const errors = validateMetadataUpdate(deployment.metadata, old.metadata);
  if (!deepEqual(deployment.spec.selector, old.spec.selector)) {
    errors.push(immutable("spec.selector", goLabelSelector(deployment.spec.selector)));
  }
  return errors;
}

const MORE_THAN_ALL = "cannot be greater than status.replicas";

export function validateDeploymentStatusUpdate(deployment: Deployment, old: Deployment): FieldError[] {
  const errors = validateMetadataUpdate(deployment.metadata, old.metadata);
  const status = (deployment.status ?? {}) as any;
  for (const field of [
    "observedGeneration",
    "replicas",
    "updatedReplicas",
    "readyReplicas",
    "availableReplicas",
    "unavailableReplicas",
  ]) {
    errors.push(...nonNegative(status[field], `status.${field}`));
  }
  errors.push(...nonNegative(status.collisionCount, "status.collisionCount"));
  const { replicas = 0, updatedReplicas = 0, readyReplicas = 0, availableReplicas = 0 } = status;
  if (updatedReplicas > replicas) errors.push(invalid("status.updatedReplicas", updatedReplicas, MORE_THAN_ALL));
  if (readyReplicas > replicas) errors.push(invalid("status.readyReplicas", readyReplicas, MORE_THAN_ALL));
  if (availableReplicas > replicas) errors.push(invalid("status.availableReplicas", availableReplicas, MORE_THAN_ALL));
  if (availableReplicas > readyReplicas) {
    errors.push(invalid("status.availableReplicas", availableReplicas, "cannot be greater than readyReplicas"));
  }
  return [...errors, ...collisionsNotDecremented(status, old.status)];
}
