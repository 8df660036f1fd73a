import type { FieldError } from "../../apiserver/status";
import { deepEqual } from "../../kernel/freeze";
import type { Deployment } from "../types";
import { forbidden, GoValue, immutable, invalid, notSupported, quote, required } from "../validation/field-error";
import { goIntOrString, goLabelSelector } from "../validation/go-syntax";
import { validateMetadata, validateMetadataUpdate } from "../validation/metadata";
import { isDns1123Subdomain } from "../validation/names";
import { nonNegative, notMoreThanAll, percent, positiveIntOrPercent } from "../validation/numbers";
import { collisionsNotDecremented, validateSelector, validateTemplate } from "../workloads/validation";

export const validateDeployment = ({ metadata, spec }: Deployment): FieldError[] => [
  ...validateMetadata(metadata, true, isDns1123Subdomain),
  ...validateDeploymentSpec(spec, "spec"),
];

export function validateDeploymentSpec(deploymentSpec: Deployment["spec"], path: string): FieldError[] {
  const spec = deploymentSpec as any;
  const errors = nonNegative(spec.replicas, `${path}.replicas`);
  errors.push(...validateSelector(spec.selector, `${path}.selector`));
  errors.push(...validateTemplate(spec.template, spec.selector, `${path}.template`, `${path}.selector`));
  errors.push(...validateStrategy(spec.strategy ?? {}, `${path}.strategy`));
  errors.push(...nonNegative(spec.minReadySeconds, `${path}.minReadySeconds`));
  errors.push(...nonNegative(spec.revisionHistoryLimit, `${path}.revisionHistoryLimit`));
  const deadline = spec.progressDeadlineSeconds;
  if (deadline !== undefined && deadline !== null) {
    errors.push(...nonNegative(deadline, `${path}.progressDeadlineSeconds`));
    if (deadline <= (spec.minReadySeconds ?? 0)) {
      errors.push(invalid(`${path}.progressDeadlineSeconds`, deadline, "must be greater than minReadySeconds"));
    }
  }
  return errors;
}

export function validateStrategy(strategy: any, path: string): FieldError[] {
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

export function validateRollingUpdate({ maxSurge, maxUnavailable }: any, path: string): FieldError[] {
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

export function validateDeploymentStatus(status: any, path: string): FieldError[] {
  const { replicas = 0, readyReplicas = 0, availableReplicas = 0 } = status;
  const counts = ["replicas", "updatedReplicas", "readyReplicas", "availableReplicas", "unavailableReplicas"];
  const errors = ["observedGeneration", ...counts, "collisionCount"].flatMap((field) =>
    nonNegative(status[field], `${path}.${field}`),
  );
  for (const field of ["updatedReplicas", "readyReplicas", "availableReplicas"])
    if ((status[field] ?? 0) > replicas) errors.push(invalid(`${path}.${field}`, status[field] ?? 0, MORE_THAN_ALL));
  if (availableReplicas > readyReplicas) {
    errors.push(invalid(`${path}.availableReplicas`, availableReplicas, "cannot be greater than readyReplicas"));
  }
  return errors;
}

export const validateDeploymentStatusUpdate = (deployment: Deployment, old: Deployment): FieldError[] => [
  ...validateMetadataUpdate(deployment.metadata, old.metadata),
  ...validateDeploymentStatus(deployment.status ?? {}, "status"),
  ...collisionsNotDecremented(deployment.status, old.status),
];
