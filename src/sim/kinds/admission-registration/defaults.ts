/** SetDefaults_* of admissionregistration/v1. */

const DEFAULT_TIMEOUT_SECONDS = 10;
const HTTPS_PORT = 443;

function defaultRules(rules: any[] | undefined): void {
  for (const rule of rules ?? []) rule.scope ??= "*";
}

export function defaultWebhooks(draft: any, mutating: boolean): void {
  for (const webhook of draft.webhooks ?? []) {
    webhook.failurePolicy ??= "Fail";
    webhook.matchPolicy ??= "Equivalent";
    webhook.namespaceSelector ??= {};
    webhook.objectSelector ??= {};
    webhook.timeoutSeconds ??= DEFAULT_TIMEOUT_SECONDS;
    if (mutating) webhook.reinvocationPolicy ??= "Never";
    const service = webhook.clientConfig?.service;
    if (service) service.port ??= HTTPS_PORT;
    defaultRules(webhook.rules);
  }
}

function defaultMatchResources(match: any): void {
  if (!match) return;
  match.matchPolicy ??= "Equivalent";
  match.namespaceSelector ??= {};
  match.objectSelector ??= {};
  defaultRules(match.resourceRules);
  defaultRules(match.excludeResourceRules);
}

export function defaultPolicy(draft: any): void {
  draft.spec ??= {};
  draft.spec.failurePolicy ??= "Fail";
  defaultMatchResources(draft.spec.matchConstraints);
}

export function defaultBinding(draft: any): void {
  draft.spec ??= {};
  if (draft.spec.paramRef) draft.spec.paramRef.parameterNotFoundAction ??= "Deny";
  defaultMatchResources(draft.spec.matchResources);
}
