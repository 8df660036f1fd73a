import type { ValidatingAdmissionPolicy, ValidatingAdmissionPolicyBinding } from "../../../kinds/types";
import { forbidden, StatusError } from "../../status";
import { groupResource } from "../../verbs";
import type { AdmissionPlugin, AdmissionRequest } from "../admission";
import { type Bindings, bindingsOf, run } from "./evaluation";
import { constraintsMatch } from "./matching";
import { paramsOf } from "./params";

const GROUP = "admissionregistration.k8s.io";
const POLICIES = `validatingadmissionpolicies.${GROUP}`;
const BINDINGS = `validatingadmissionpolicybindings.${GROUP}`;
/** A message that an expression makes may not be longer. */
const MAX_MESSAGE_BYTES = 5 * 1024;
const CODES: Record<string, number> = { Forbidden: 403, RequestEntityTooLarge: 413, Invalid: 422 };

/** One thing that a policy does not like. */
interface Denial {
  message: string;
  reason?: string;
}

/** Rules of the cluster's users for what may be written, in CEL (apiserver's admission/plugin/policy/validating). */
export const validatingAdmissionPolicyPlugin: AdmissionPlugin = {
  name: "ValidatingAdmissionPolicy",
  validate(request) {
    const { sim, kind } = request;
    const bindings = sim.store.list(BINDINGS) as readonly ValidatingAdmissionPolicyBinding[];
    // Policies do not judge policies: nobody could take back one that denies everything.
    if (bindings.length === 0 || kind.group === GROUP) return;
    for (const policy of sim.store.list(POLICIES) as readonly ValidatingAdmissionPolicy[]) {
      const own = bindings.filter(({ spec }) => spec.policyName === policy.metadata.name);
      if (own.length === 0 || !constraintsMatch(policy.spec.matchConstraints as any, request)) continue;
      for (const binding of own) ask(policy, binding, request);
    }
  },
};

function ask(
  policy: ValidatingAdmissionPolicy,
  binding: ValidatingAdmissionPolicyBinding,
  request: AdmissionRequest,
): void {
  if (!constraintsMatch(binding.spec.matchResources as any, request)) return;
  const strict = policy.spec.failurePolicy !== "Ignore";
  const params = paramsOf(policy, binding, request);
  if ("error" in params) {
    if (strict) throw refusal(request, policy, binding, { message: `failed to configure binding: ${params.error}` });
    return;
  }
  const actions = binding.spec.validationActions ?? [];
  for (const param of params.objects) {
    for (const denial of denials(policy, bindingsOf(request, policy, param), strict)) {
      if (actions.includes("Warn"))
        request.warn(
          `Validation failed for ValidatingAdmissionPolicy '${policy.metadata.name}' with binding '${binding.metadata.name}': ${denial.message}`,
        );
      if (actions.includes("Deny")) throw refusal(request, policy, binding, denial);
    }
  }
}

/** All that a policy holds against a request; what cannot be worked out counts unless the policy ignores failures. */
function denials({ spec }: ValidatingAdmissionPolicy, bindings: Bindings, strict: boolean): Denial[] {
  const failure = (message: string): Denial[] => (strict ? [{ message }] : []);
  const conditions = (spec.matchConditions ?? []).map(({ expression }) => run(expression, bindings));
  if (conditions.some((outcome) => "value" in outcome && outcome.value !== true)) return [];
  const broken = conditions.flatMap((outcome) => ("error" in outcome ? [outcome.error] : []));
  if (broken.length > 0) return failure(broken.length === 1 ? broken[0]! : `[${broken.join(", ")}]`);
  return (spec.validations ?? []).flatMap((validation) => {
    const outcome = run(validation.expression, bindings);
    if ("error" in outcome) return failure(outcome.error);
    if (outcome.value === true) return [];
    return [{ message: messageOf(validation, bindings), reason: validation.reason ?? "Invalid" }];
  });
}

/** The message of the expression, else the one written down, else the expression that failed. */
function messageOf(
  { expression, message, messageExpression }: { expression: string; message?: string; messageExpression?: string },
  bindings: Bindings,
): string {
  const outcome = messageExpression ? run(messageExpression, bindings) : undefined;
  const made = outcome && "value" in outcome && typeof outcome.value === "string" ? outcome.value.trim() : "";
  if (made !== "" && made.length <= MAX_MESSAGE_BYTES && !made.includes("\n")) return made;
  return message?.trim() || `failed expression: ${expression.trim()}`;
}

function refusal(
  { kind, draft }: AdmissionRequest,
  policy: ValidatingAdmissionPolicy,
  binding: ValidatingAdmissionPolicyBinding,
  { message, reason = "Invalid" }: Denial,
): StatusError {
  const text = `ValidatingAdmissionPolicy '${policy.metadata.name}' with binding '${binding.metadata.name}' denied request: ${message}`;
  const { status } = forbidden(groupResource(kind), draft.metadata.name ?? "", text);
  const details = { ...status.details, causes: [{ message: text }] };
  return new StatusError({ ...status, reason, code: CODES[reason] ?? 422, details });
}
