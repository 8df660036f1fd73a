import type { KindContext, KindDefinition } from "../../apiserver/kind";
import { rfc3339 } from "../../kernel/time";
import { AGE_COLUMN, age, humanDuration, NAME_COLUMN, NONE, shown } from "../printing";
import type { CertificateSigningRequest } from "../types";
import { conditionsOf, hasCondition } from "./conditions";
import { validateRequest, validateRequestUpdate } from "./validation";

/** What `kubectl get csr` says under CONDITION. */
export function conditionText(request: CertificateSigningRequest): string {
  const decision = hasCondition(request, "Denied")
    ? "Denied"
    : hasCondition(request, "Approved")
      ? "Approved"
      : "Pending";
  return `${decision}${hasCondition(request, "Failed") ? ",Failed" : ""}${request.status?.certificate ? ",Issued" : ""}`;
}

/** Conditions without times get them; one that is not new keeps the time of its last change. */
function stampConditions(draft: any, old: CertificateSigningRequest, { nowMs }: KindContext): void {
  for (const condition of draft.status?.conditions ?? []) {
    condition.lastUpdateTime ??= rfc3339(nowMs);
    const known = conditionsOf(old, condition.type).find(({ status }) => status === condition.status);
    condition.lastTransitionTime ??= known?.lastTransitionTime ?? rfc3339(nowMs);
  }
}

/** A request for a certificate (https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/). */
export const certificateSigningRequest: KindDefinition<CertificateSigningRequest> = {
  group: "certificates.k8s.io",
  version: "v1",
  kind: "CertificateSigningRequest",
  plural: "certificatesigningrequests",
  singular: "certificatesigningrequest",
  shortNames: ["csr"],
  namespaced: false,
  hasStatus: true,
  validateName: () => [],
  setDefaults(draft: any) {
    draft.spec ??= {};
  },
  prepareForCreate(draft: any, { user }) {
    const { username: _name, uid: _uid, groups: _groups, extra: _extra, ...spec } = draft.spec;
    const { username, uid, groups, extra } = user;
    draft.spec = { ...spec, username, ...(uid && { uid }), ...(groups?.length && { groups }), ...(extra && { extra }) };
    draft.status = {};
  },
  prepareForUpdate(draft, old) {
    draft.spec = old.spec;
    (draft as any).status = old.status;
  },
  validateCreate: (request) => validateRequest(request),
  validateUpdate: (request, old) => validateRequestUpdate(request, old),
  prepareForStatusUpdate(draft: any, old, context) {
    // Whoever issues does not decide: its idea of the decisions is replaced by what stands.
    const decisions = ["Approved", "Denied"];
    const sent = draft.status?.conditions ?? [];
    const seen = new Map(decisions.map((type) => [type, [...conditionsOf(old, type)]]));
    if (draft.status)
      draft.status.conditions = sent.map((one: any) => {
        const kept = seen.get(one.type)?.shift();
        return kept ? { ...kept } : one;
      });
    stampConditions(draft, old, context);
  },
  validateStatusUpdate: (request, old) => validateRequestUpdate(request, old, { issue: true }),
  subresources: [
    {
      name: "approval",
      verbs: ["get", "patch", "update"],
      strategy: {
        prepareForUpdate(draft: any, old, context) {
          draft.spec = old.spec;
          draft.status = { ...old.status, conditions: draft.status?.conditions };
          if (draft.status.conditions === undefined) delete draft.status.conditions;
          stampConditions(draft, old as CertificateSigningRequest, context);
        },
        validateUpdate: (request, old) =>
          validateRequestUpdate(request as CertificateSigningRequest, old as CertificateSigningRequest, {
            decide: true,
          }),
      },
    },
  ],
  columns: [
    NAME_COLUMN,
    AGE_COLUMN,
    shown("SignerName"),
    shown("Requestor"),
    shown("RequestedDuration"),
    shown("Condition"),
  ],
  row: (request, nowMs) => {
    const { metadata, spec } = request;
    return [
      metadata.name,
      age(metadata.creationTimestamp, nowMs),
      spec.signerName || NONE,
      spec.username ?? "",
      spec.expirationSeconds === undefined ? NONE : humanDuration(spec.expirationSeconds * 1000),
      conditionText(request),
    ];
  },
  selectableFields: ({ spec }) => ({ "spec.signerName": spec?.signerName ?? "" }),
};
