import type { FieldError } from "../../apiserver/status";
import type { HorizontalPodAutoscaler } from "../types";
import { invalid, notSupported, required } from "../validation/field-error";
import { validateMetadata, validateMetadataUpdate } from "../validation/metadata";
import { isDns1123Subdomain } from "../validation/names";
import { nonNegative } from "../validation/numbers";
import { segments } from "../validation/references";
import { validateMetrics } from "./metrics-validation";

const MAX_PERIOD_SECONDS = 1800;
const MAX_STABILIZATION_WINDOW_SECONDS = 3600;
const SELECT_POLICIES = ["Disabled", "Max", "Min"];
const POLICY_TYPES = ["Percent", "Pods"];

export function validateHorizontalPodAutoscaler({ metadata, spec: autoscalerSpec }: HorizontalPodAutoscaler) {
  const spec = autoscalerSpec as any;
  const errors = validateMetadata(metadata, true, isDns1123Subdomain);
  const { minReplicas, maxReplicas = 0 } = spec;
  if (minReplicas !== undefined && minReplicas < 1)
    errors.push(invalid("spec.minReplicas", minReplicas, "must be greater than or equal to 1"));
  if (maxReplicas < 1) errors.push(invalid("spec.maxReplicas", maxReplicas, "must be greater than 0"));
  if (minReplicas !== undefined && maxReplicas < minReplicas)
    errors.push(invalid("spec.maxReplicas", maxReplicas, "must be greater than or equal to `minReplicas`"));
  errors.push(...segments(spec.scaleTargetRef ?? {}, ["kind", "name"], "spec.scaleTargetRef"));
  errors.push(...validateMetrics(spec, "spec.metrics"));
  errors.push(...validateRules(spec.behavior?.scaleUp, "spec.behavior.scaleUp"));
  errors.push(...validateRules(spec.behavior?.scaleDown, "spec.behavior.scaleDown"));
  return errors;
}

function validateRules(rules: any, path: string): FieldError[] {
  if (!rules) return [];
  const errors: FieldError[] = [];
  const { stabilizationWindowSeconds: seconds, selectPolicy, policies = [] } = rules;
  const window = `${path}.stabilizationWindowSeconds`;
  if (seconds < 0) errors.push(invalid(window, seconds, "must be greater than or equal to zero"));
  if (seconds > MAX_STABILIZATION_WINDOW_SECONDS)
    errors.push(invalid(window, seconds, `must be less than or equal to ${MAX_STABILIZATION_WINDOW_SECONDS}`));
  if (selectPolicy !== undefined && !SELECT_POLICIES.includes(selectPolicy))
    errors.push(notSupported(`${path}.selectPolicy`, selectPolicy, SELECT_POLICIES));
  if (policies.length === 0) errors.push(required(`${path}.policies`, "must specify at least one Policy"));
  for (const [index, policy] of policies.entries())
    errors.push(...validatePolicy(policy, `${path}.policies[${index}]`));
  return errors;
}

function validatePolicy({ type, value = 0, periodSeconds = 0 }: any, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (!POLICY_TYPES.includes(type)) errors.push(notSupported(`${path}.type`, type ?? "", POLICY_TYPES));
  if (value <= 0) errors.push(invalid(`${path}.value`, value, "must be greater than zero"));
  if (periodSeconds <= 0) errors.push(invalid(`${path}.periodSeconds`, periodSeconds, "must be greater than zero"));
  if (periodSeconds > MAX_PERIOD_SECONDS) {
    const text = `must be less than or equal to ${MAX_PERIOD_SECONDS}`;
    errors.push(invalid(`${path}.periodSeconds`, periodSeconds, text));
  }
  return errors;
}

export const validateHorizontalPodAutoscalerUpdate = (
  { metadata }: HorizontalPodAutoscaler,
  old: HorizontalPodAutoscaler,
): FieldError[] => validateMetadataUpdate(metadata, old.metadata);

export const validateHorizontalPodAutoscalerStatusUpdate = (
  { metadata, status }: HorizontalPodAutoscaler,
  old: HorizontalPodAutoscaler,
): FieldError[] => [
  ...validateMetadataUpdate(metadata, old.metadata),
  ...nonNegative(status?.currentReplicas, "status.currentReplicas"),
  ...nonNegative(status?.desiredReplicas, "status.desiredReplicas"),
];
