import { rfc3339 } from "../../kernel/time";
import { invalid as invalidField } from "../../kinds/validation/field-error";
import type { KubeObject } from "../../types";
import { ISSUER, issueToken } from "../authentication/tokens";
import type { Call } from "../call";
import type { Subresource } from "../kind";
import { badRequest, conflict, type FieldError, invalid, notFound } from "../status";

const GROUP = "authentication.k8s.io";
const DEFAULT_SECONDS = 3600;
const SHORTEST_SECONDS = 600;
const LONGEST_SECONDS = 2 ** 32;
const BOUND: Record<string, { resource: "pods" | "secrets" | "nodes"; key: "pod" | "secret" | "node" }> = {
  Pod: { resource: "pods", key: "pod" },
  Secret: { resource: "secrets", key: "secret" },
  Node: { resource: "nodes", key: "node" },
};

/** POST …/serviceaccounts/NAME/token: a token of the account (kubernetes.io/docs/reference/kubernetes-api/authentication-resources/token-request-v1). */
export const tokenRequest: Subresource = {
  name: "token",
  kind: "TokenRequest",
  group: GROUP,
  version: "v1",
  verbs: ["create"],
  handle(call) {
    const { sim, path, kind, verbs, request } = call;
    const account = verbs.get(kind, path.namespace, path.name!);
    const body = (request.body ?? {}) as any;
    const audiences: string[] = body.spec?.audiences?.length ? body.spec.audiences : [ISSUER];
    const seconds: number = body.spec?.expirationSeconds ?? DEFAULT_SECONDS;
    const errors = durationErrors(seconds);
    if (errors.length > 0) throw invalid({ group: GROUP, kind: "TokenRequest" }, "", errors);
    const reference = body.spec?.boundObjectRef ?? undefined;
    const bound = reference && { [BOUND[reference.kind]?.key ?? ""]: boundObject(call, reference) };
    const { token, expiresMs } = issueToken(sim, account, { audiences, seconds, ...(bound && { bound }) });
    const { name, namespace } = account.metadata;
    const answer = {
      kind: "TokenRequest",
      apiVersion: `${GROUP}/v1`,
      metadata: { ...body.metadata, name, namespace, creationTimestamp: sim.kernel.now() },
      spec: { audiences, expirationSeconds: seconds, boundObjectRef: reference ?? null },
      status: { token, expirationTimestamp: rfc3339(expiresMs) },
    };
    return { status: 201, body: answer };
  },
};

function durationErrors(seconds: number): FieldError[] {
  const field = "spec.expirationSeconds";
  if (seconds < SHORTEST_SECONDS)
    return [invalidField(field, seconds, "may not specify a duration less than 10 minutes")];
  return seconds > LONGEST_SECONDS
    ? [invalidField(field, seconds, "may not specify a duration larger than 2^32 seconds")]
    : [];
}

function boundObject({ sim, path }: Call, { kind, apiVersion, name, uid }: any): KubeObject {
  const known = BOUND[kind];
  if (!known || apiVersion !== "v1")
    throw badRequest(`cannot bind token to object of type ${apiVersion ?? ""}, Kind=${kind}`);
  const group = { group: "", resource: known.resource };
  const found = sim.store.get(known.resource, known.key === "node" ? undefined : path.namespace, name);
  if (!found) throw notFound(group, name);
  if (known.key === "pod" && (found.spec.serviceAccountName ?? "default") !== path.name)
    throw badRequest(
      `cannot bind token for serviceaccount "${path.name}" to pod running with different serviceaccount name.`,
    );
  if (uid && uid !== found.metadata.uid)
    throw conflict(
      { group: "", resource: kind },
      name,
      `the UID in the bound object reference (${uid}) does not match the UID in record. The object might have been deleted and then recreated`,
    );
  return found;
}
