import { Authorizer } from "../../../kinds/admission-registration/authorizer";
import { expressionEnvironment } from "../../../kinds/admission-registration/expressions";
import { celValue } from "../../../kinds/custom-resource/validation/cel-values";
import type { ValidatingAdmissionPolicy } from "../../../kinds/types";
import type { KubeObject } from "../../../types";
import { authorize } from "../../authorization/authorizer";
import type { AdmissionRequest } from "../admission";
import { namespaceOf } from "./matching";

/** What came of an expression. */
export type Outcome = { value: unknown } | { error: string };

/** What expressions of one request may speak of. */
export type Bindings = Record<string, unknown>;

const seen = (object: KubeObject | undefined): unknown => (object ? celValue(object, undefined) : null);

/** Runs an expression; what goes wrong is told as the server words it. */
export function run(expression: string, bindings: Bindings): Outcome {
  const scope = { params: true, variables: true, authorizer: true };
  try {
    return { value: expressionEnvironment(scope).evaluate(expression, bindings) };
  } catch (error) {
    const [line = ""] = (error as Error).message.split("\n");
    const text = line.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
    return { error: `expression '${expression}' resulted in error: ${text}` };
  }
}

/** The variables of an evaluation, as apiserver's admission/plugin/cel makes them. */
export function bindingsOf(
  request: AdmissionRequest,
  policy: ValidatingAdmissionPolicy,
  params: KubeObject | undefined,
): Bindings {
  const { verb, draft, old, user, sim, kind } = request;
  const { metadata } = draft;
  const about = {
    group: kind.group,
    version: kind.version,
    resource: kind.plural,
    subresource: request.subresource,
    namespace: metadata.namespace ?? "",
    name: metadata.name ?? "",
  };
  const authorizer = new Authorizer((question, account) => {
    const asked = account
      ? {
          username: `system:serviceaccount:${account.namespace}:${account.name}`,
          groups: ["system:serviceaccounts", `system:serviceaccounts:${account.namespace}`, "system:authenticated"],
        }
      : user;
    return authorize(sim.store, { user: asked, ...question });
  }, about);
  const bindings: Bindings = {
    object: verb === "delete" ? null : seen(draft),
    oldObject: seen(old),
    request: requestObject(request),
    namespaceObject: seen(namespaceOf(request)),
    params: seen(params),
    authorizer,
  };
  bindings.variables = lazily(policy.spec.variables ?? [], bindings);
  return bindings;
}

/** Variables are worked out when an expression first asks for them; what fails then fails that expression. */
function lazily(variables: readonly { name: string; expression: string }[], bindings: Bindings): object {
  const values = {};
  for (const { name, expression } of variables) {
    let outcome: Outcome | undefined;
    Object.defineProperty(values, name, {
      enumerable: true,
      get() {
        outcome ??= run(expression, bindings);
        if ("error" in outcome)
          throw new Error(`composited variable ${JSON.stringify(name)} fails to evaluate: ${outcome.error}`);
        return outcome.value;
      },
    });
  }
  return values;
}

function requestObject({ verb, kind, subresource, draft, user, dryRun }: AdmissionRequest): unknown {
  const { group, version, plural } = kind;
  const gvk = { group, version, kind: kind.kind };
  const gvr = { group, version, resource: plural };
  const { uid, groups, extra, username } = user;
  return {
    kind: gvk,
    requestKind: gvk,
    resource: gvr,
    requestResource: gvr,
    ...(subresource && { subResource: subresource, requestSubResource: subresource }),
    ...(draft.metadata.name && { name: draft.metadata.name }),
    ...(draft.metadata.namespace && { namespace: draft.metadata.namespace }),
    operation: verb.toUpperCase(),
    userInfo: { username, ...(uid && { uid }), ...(groups && { groups }), ...(extra && { extra }) },
    dryRun,
  };
}
