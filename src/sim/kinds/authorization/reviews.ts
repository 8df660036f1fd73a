import type { Attributes } from "../../apiserver/authorization/attributes";
import { authorize } from "../../apiserver/authorization/authorizer";
import { rulesFor } from "../../apiserver/authorization/rbac";
import type { Call } from "../../apiserver/call";
import { badRequest, type FieldError, invalid as invalidObject } from "../../apiserver/status";
import type { KubeObject, UserInfo } from "../../types";
import { invalid, NIL } from "../validation/field-error";

const GROUP = "authorization.k8s.io";

/** SubjectAccessReview and LocalSubjectAccessReview: whether somebody may do something. */
export function reviewSubject(call: Call, review: KubeObject): KubeObject {
  const spec = review.spec ?? {};
  const errors = validateAsked(spec);
  if (!spec.user && !spec.groups?.length)
    errors.push(invalid("spec.user", spec.user ?? "", "at least one of user or group must be specified"));
  refuse(review, errors);
  const { namespace } = call.path;
  if (namespace !== undefined && spec.resourceAttributes?.namespace !== namespace)
    throw badRequest(
      `spec.resourceAttributes.namespace must match namespace: ${spec.resourceAttributes?.namespace ?? ""}`,
    );
  const user: UserInfo = { username: spec.user ?? "", groups: spec.groups ?? [], ...(spec.uid && { uid: spec.uid }) };
  return decided(call, review, user);
}

/** SelfSubjectAccessReview: whether the one who asks may do something. */
export function reviewSelf(call: Call, review: KubeObject): KubeObject {
  refuse(review, validateAsked(review.spec ?? {}));
  return decided(call, review, call.user);
}

function refuse(review: KubeObject, errors: FieldError[]): void {
  if (errors.length > 0) throw invalidObject({ group: GROUP, kind: review.kind }, "", errors);
}

function validateAsked({ resourceAttributes, nonResourceAttributes }: any): FieldError[] {
  const text = "exactly one of nonResourceAttributes or resourceAttributes must be specified";
  if (resourceAttributes && nonResourceAttributes)
    return [
      invalid(
        "spec.nonResourceAttributes",
        nonResourceAttributes,
        "cannot be specified in combination with resourceAttributes",
      ),
    ];
  return resourceAttributes || nonResourceAttributes ? [] : [invalid("spec.resourceAttributes", NIL, text)];
}

function decided(call: Call, review: KubeObject, user: UserInfo): KubeObject {
  const { allowed, reason } = authorize(call.sim.store, attributesOf(review.spec, user));
  return answered(review, { allowed, ...(reason && { reason }) });
}

function attributesOf({ resourceAttributes, nonResourceAttributes }: any, user: UserInfo): Attributes {
  if (!resourceAttributes)
    return { user, verb: nonResourceAttributes.verb ?? "", path: nonResourceAttributes.path ?? "" };
  const { verb = "", group = "", version = "", resource = "", subresource = "", name = "" } = resourceAttributes;
  const namespace = resourceAttributes.namespace ?? "";
  return { user, verb, resource: { group, version, resource, subresource, namespace, name } };
}

/** SelfSubjectRulesReview: all that the one who asks may do in a namespace. */
export function reviewRules(call: Call, review: KubeObject): KubeObject {
  const namespace = review.spec?.namespace;
  if (!namespace) throw badRequest("no namespace on request");
  const { rules, errors } = rulesFor(call.sim.store, call.user, namespace);
  const resourceRules = rules.filter(({ resources }) => resources?.length);
  const nonResourceRules = rules.filter(({ nonResourceURLs }) => nonResourceURLs?.length);
  return answered(review, {
    resourceRules,
    nonResourceRules,
    incomplete: errors.length > 0,
    ...(errors.length > 0 && { evaluationError: errors.join(", ") }),
  });
}

const answered = (review: KubeObject, status: object): KubeObject => ({
  ...review,
  metadata: { ...review.metadata, creationTimestamp: null as any },
  status,
});
