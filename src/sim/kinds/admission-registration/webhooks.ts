import type { FieldError } from "../../apiserver/status";
import { duplicate, invalid, required } from "../validation/field-error";
import { goStrings } from "../validation/go-syntax";
import { validateLabelSelector } from "../validation/labels";
import { validateMetadata } from "../validation/metadata";
import { isDns1035Label, isDns1123Subdomain } from "../validation/names";
import { validateClientConfig } from "./client-config";
import { validateMatchConditions } from "./match-conditions";
import { oneOf } from "./one-of";
import { MATCH_POLICIES, validateRule } from "./rules";

const FAILURE_POLICIES = ["Fail", "Ignore"];
const SIDE_EFFECTS = ["None", "NoneOnDryRun"];
const REINVOCATIONS = ["IfNeeded", "Never"];
const REVIEWS = ["v1", "v1beta1"];
const MAX_TIMEOUT_SECONDS = 30;

/** ValidateValidatingWebhookConfiguration and its mutating twin. */
export function validateConfiguration({ metadata, webhooks }: any): FieldError[] {
  const all: any[] = webhooks ?? [];
  const errors = validateMetadata(metadata, false, isDns1123Subdomain);
  for (const [index, webhook] of all.entries()) {
    const path = `webhooks[${index}]`;
    errors.push(...validateWebhook(webhook, path));
    errors.push(...validateReviews(webhook.admissionReviewVersions ?? [], `${path}.admissionReviewVersions`));
    if (webhook.name && all.findIndex(({ name }) => name === webhook.name) < index)
      errors.push(duplicate(`${path}.name`, webhook.name));
  }
  return errors;
}

function validateWebhook(webhook: any, path: string): FieldError[] {
  const errors = fullyQualified(webhook.name, `${path}.name`);
  for (const [index, rule] of (webhook.rules ?? []).entries())
    errors.push(...validateRule(rule, `${path}.rules[${index}]`));
  errors.push(...oneOf(`${path}.failurePolicy`, webhook.failurePolicy, FAILURE_POLICIES));
  errors.push(...oneOf(`${path}.matchPolicy`, webhook.matchPolicy, MATCH_POLICIES));
  if (webhook.sideEffects === undefined)
    errors.push(required(`${path}.sideEffects`, `must specify one of ${SIDE_EFFECTS.join(", ")}`));
  errors.push(...oneOf(`${path}.sideEffects`, webhook.sideEffects, SIDE_EFFECTS));
  const timeout = webhook.timeoutSeconds;
  if (timeout !== undefined && (timeout > MAX_TIMEOUT_SECONDS || timeout < 1))
    errors.push(invalid(`${path}.timeoutSeconds`, timeout, "the timeout value must be between 1 and 30 seconds"));
  errors.push(...validateLabelSelector(webhook.namespaceSelector, `${path}.namespaceSelector`));
  errors.push(...validateLabelSelector(webhook.objectSelector, `${path}.objectSelector`));
  errors.push(...oneOf(`${path}.reinvocationPolicy`, webhook.reinvocationPolicy, REINVOCATIONS));
  errors.push(...validateClientConfig(webhook.clientConfig, `${path}.clientConfig`));
  const scope = { authorizer: true };
  return [...errors, ...validateMatchConditions(webhook.matchConditions, `${path}.matchConditions`, scope)];
}

/** IsFullyQualifiedName: a domain of three parts at least. */
function fullyQualified(name: string | undefined, path: string): FieldError[] {
  if (!name) return [required(path)];
  const wrong = isDns1123Subdomain(name);
  if (wrong.length > 0) return [invalid(path, name, wrong.join(","))];
  if (name.split(".").length >= 3) return [];
  return [invalid(path, name, "should be a domain with at least three segments separated by dots")];
}

function validateReviews(versions: readonly string[], path: string): FieldError[] {
  if (versions.length === 0) return [required(path, `must specify one of ${REVIEWS.join(", ")}`)];
  const errors = versions.flatMap((version, index) => {
    if (versions.indexOf(version) < index) return [invalid(`${path}[${index}]`, version, "duplicate version")];
    return isDns1035Label(version).map((text) => invalid(`${path}[${index}]`, version, text));
  });
  if (!versions.some((version) => REVIEWS.includes(version)))
    errors.push(invalid(path, goStrings(versions), `must include at least one of ${REVIEWS.join(", ")}`));
  return errors;
}
