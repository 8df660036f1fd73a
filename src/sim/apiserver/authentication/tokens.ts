import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { encodeBytes, base64Decode as textOf } from "@/posix/files/bytes";
import type { Sim } from "../../component";
import type { KubeObject, UserInfo } from "../../types";
import { type Claims, claimsOf, signClaims } from "./jwt";

/** Tokens of service accounts (kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin). */

export const ISSUER = "https://kubernetes.default.svc.cluster.local";
export const LEGACY_ISSUER = "kubernetes/serviceaccount";
/** What kubelets ask for; clients of old do not read the file again, so the server makes it last for a year, and warns. */
export const WARN_AFTER_SECONDS = 3607;
const EXTENDED_SECONDS = 365 * 24 * 3600;
/** Clocks differ. */
const LEEWAY_SECONDS = 60;

interface Bound {
  pod?: KubeObject;
  secret?: KubeObject;
  node?: KubeObject;
}

interface TokenOptions {
  audiences: readonly string[];
  seconds: number;
  bound?: Bound;
}

export interface IssuedToken {
  token: string;
  expiresMs: number;
}

type Reference = { name: string; uid: string };

/** What the server grants when it is asked for a token: all that a token says follows from it. Plain data. */
export interface TokenGrant {
  issuedMs: number;
  seconds: number;
  audiences: readonly string[];
  namespace: string;
  node?: Reference;
  pod?: Reference;
  secret?: Reference;
  serviceaccount: Reference;
}

/** A token for an account, for as long as asked, bound to what must exist for it to hold. */
export const issueToken = (sim: Sim, account: KubeObject, options: TokenOptions): IssuedToken =>
  signGrant(sim, grantToken(sim, account, options));

export function grantToken(sim: Sim, account: KubeObject, options: TokenOptions): TokenGrant {
  const { audiences, seconds, bound: { pod, secret, node: given } = {} } = options;
  const node = given ?? (pod?.spec.nodeName ? sim.store.get("nodes", undefined, pod.spec.nodeName) : undefined);
  return {
    issuedMs: sim.kernel.nowMs,
    seconds,
    audiences,
    namespace: account.metadata.namespace!,
    ...(node && { node: reference(node) }),
    ...(pod && { pod: reference(pod) }),
    ...(secret && { secret: reference(secret) }),
    serviceaccount: reference(account),
  };
}

/** The token of a grant, always the same; it may be signed long after it was granted. */
export function signGrant(sim: Pick<Sim, "options">, grant: TokenGrant): IssuedToken {
  const { issuedMs, seconds, audiences, namespace, node, pod, secret, serviceaccount } = grant;
  const issued = Math.floor(issuedMs / 1000);
  const extended = seconds === WARN_AFTER_SECONDS && pod !== undefined && audiences.includes(ISSUER);
  const expires = issued + (extended ? EXTENDED_SECONDS : seconds);
  const referred = {
    namespace,
    ...(node && { node }),
    ...(pod && { pod }),
    ...(secret && { secret }),
    serviceaccount,
    ...(extended && { warnafter: issued + WARN_AFTER_SECONDS }),
  };
  const claims: Claims = {
    aud: audiences,
    exp: expires,
    iat: issued,
    iss: ISSUER,
    jti: tokenId(JSON.stringify([sim.options.seed, issued, expires, audiences, referred])),
    "kubernetes.io": referred,
    nbf: issued,
    sub: `system:serviceaccount:${namespace}:${serviceaccount.name}`,
  };
  return { token: signClaims(claims), expiresMs: expires * 1000 };
}

const reference = ({ metadata }: KubeObject): Reference => ({ name: metadata.name, uid: metadata.uid });

/** A UUID that the token's content gives: drawing one would change every name that is drawn after it. */
function tokenId(content: string): string {
  const hex = bytesToHex(sha256(encodeBytes(content)));
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Who a token stands for, and which of the audiences it is for; or why it does not hold. */
export type TokenVerdict = { user: UserInfo; audiences: string[] } | { error: string };

export function verifyToken(sim: Sim, token: string, audiences: readonly string[] = [ISSUER]): TokenVerdict {
  const claims = claimsOf(token);
  if (!claims) return { error: "invalid bearer token" };
  return claims.iss === LEGACY_ISSUER ? verifyLegacy(sim, token, claims) : verifyBound(sim, claims, audiences);
}

const refused = (why: string): TokenVerdict => ({ error: `[invalid bearer token, ${why}]` });

function verifyBound(sim: Sim, claims: Claims, audiences: readonly string[]): TokenVerdict {
  const seconds = sim.kernel.nowMs / 1000;
  const given: string[] = claims.aud ?? [];
  const common = audiences.filter((one) => given.includes(one));
  if (common.length === 0)
    return refused(`token audiences ${listText(given)} is invalid for the target audiences ${listText(audiences)}`);
  if (seconds > claims.exp + LEEWAY_SECONDS) return refused("service account token has expired");
  if (seconds < claims.nbf - LEEWAY_SECONDS) return refused("service account token is not valid yet");
  const { namespace, serviceaccount, pod, secret, node } = claims["kubernetes.io"] ?? {};
  const get = (resource: string, one: { name: string; uid: string }) => {
    const found = sim.store.get(resource, resource === "nodes" ? undefined : namespace, one.name);
    return found?.metadata.uid === one.uid ? found : undefined;
  };
  const account = serviceaccount && get("serviceaccounts", serviceaccount);
  const bound = [pod && get("pods", pod), secret && get("secrets", secret), node && !pod && get("nodes", node)];
  const isBroken = (pod && !bound[0]) || (secret && !bound[1]) || (node && !pod && !bound[2]);
  if (!account || isBroken) return refused("service account token has been invalidated");
  const extra: Record<string, string[]> = {
    ...(claims.jti && { "authentication.kubernetes.io/credential-id": [`JTI=${claims.jti}`] }),
    ...(node && { "authentication.kubernetes.io/node-name": [node.name] }),
    ...(node && { "authentication.kubernetes.io/node-uid": [node.uid] }),
    ...(pod && { "authentication.kubernetes.io/pod-name": [pod.name] }),
    ...(pod && { "authentication.kubernetes.io/pod-uid": [pod.uid] }),
  };
  return { user: userOf(account, extra), audiences: common };
}

const listText = (texts: readonly string[]) => `[${texts.map((text) => `"${text}"`).join(" ")}]`;

const CLAIM = "kubernetes.io/serviceaccount";

/** The token of a Secret of an account: it holds as long as the Secret does. */
export function secretToken(secret: KubeObject, account: KubeObject): string {
  return signClaims({
    iss: LEGACY_ISSUER,
    [`${CLAIM}/namespace`]: account.metadata.namespace,
    [`${CLAIM}/secret.name`]: secret.metadata.name,
    [`${CLAIM}/service-account.name`]: account.metadata.name,
    [`${CLAIM}/service-account.uid`]: account.metadata.uid,
    sub: `system:serviceaccount:${account.metadata.namespace}:${account.metadata.name}`,
  });
}

function verifyLegacy(sim: Sim, token: string, claims: Claims): TokenVerdict {
  const namespace = claims[`${CLAIM}/namespace`];
  const account = sim.store.get("serviceaccounts", namespace, claims[`${CLAIM}/service-account.name`]);
  const secret = sim.store.get("secrets", namespace, claims[`${CLAIM}/secret.name`]) as any;
  const isSame = account?.metadata.uid === claims[`${CLAIM}/service-account.uid`];
  if (!account || !isSame || !secret?.data?.token) return refused("service account token has been invalidated");
  if (textOf(secret.data.token) !== token) return refused("service account token has been invalidated");
  return { user: userOf(account, {}), audiences: [ISSUER] };
}

function userOf({ metadata }: KubeObject, extra: Record<string, string[]>): UserInfo {
  return {
    username: `system:serviceaccount:${metadata.namespace}:${metadata.name}`,
    uid: metadata.uid as string,
    groups: ["system:serviceaccounts", `system:serviceaccounts:${metadata.namespace}`, "system:authenticated"],
    ...(Object.keys(extra).length > 0 && { extra }),
  };
}
