import type { UserInfo } from "../../types";
import type { ApiRequest } from "../request";
import { internalError } from "../status";
import { type Attributes, type ResourceAttributes, refusal } from "./attributes";
import { authorize } from "./authorizer";
import type { PolicyStore } from "./rbac";

const AUTHENTICATION = "authentication.k8s.io";
const AUTHENTICATED = "system:authenticated";
const UNAUTHENTICATED = "system:unauthenticated";
const ANONYMOUS = "system:anonymous";
const SERVICE_ACCOUNT = /^system:serviceaccount:([^:]+):([^:]+)$/;
const EXTRA = "impersonate-extra-";

/** Several headers of a name come as one, parted by commas. */
const listed = (header: string | undefined): string[] => (header ? header.split(/,\s*/).filter(Boolean) : []);

/**
 * Whom a request acts as: what its `Impersonate-…` headers name, if the user who sent it may be each of these
 * (kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation).
 */
export function impersonated(store: PolicyStore, request: ApiRequest, user: UserInfo): UserInfo {
  const headers = request.headers ?? {};
  const username = headers["impersonate-user"];
  const groups = listed(headers["impersonate-group"]);
  const uid = headers["impersonate-uid"];
  const extra = extraOf(headers);
  if (!username) {
    if (groups.length === 0 && !uid && Object.keys(extra).length === 0) return user;
    throw internalError("requested impersonation without impersonating a user");
  }
  const account = SERVICE_ACCOUNT.exec(username);
  const wanted: Partial<ResourceAttributes>[] = [
    account
      ? { resource: "serviceaccounts", namespace: account[1]!, name: account[2]! }
      : { resource: "users", name: username },
    ...groups.map((name) => ({ resource: "groups", name })),
    ...Object.entries(extra).flatMap(([key, values]) =>
      values.map((name) => ({ group: AUTHENTICATION, resource: "userextras", subresource: key, name })),
    ),
    ...(uid ? [{ group: AUTHENTICATION, resource: "uids", name: uid }] : []),
  ];
  for (const one of wanted) check(store, user, one);
  return {
    username,
    groups: withStanding(username, groupsOf(account, groups)),
    ...(uid && { uid }),
    ...(Object.keys(extra).length > 0 && { extra }),
  };
}

function check(store: PolicyStore, user: UserInfo, wanted: Partial<ResourceAttributes>): void {
  const resource = { group: "", version: "v1", resource: "", subresource: "", namespace: "", name: "", ...wanted };
  const attributes: Attributes = { user, verb: "impersonate", resource };
  const { allowed, reason } = authorize(store, attributes);
  if (!allowed) throw refusal(attributes, reason);
}

const groupsOf = (account: RegExpExecArray | null, groups: string[]): string[] =>
  account && groups.length === 0 ? ["system:serviceaccounts", `system:serviceaccounts:${account[1]}`] : groups;

/** Everybody is either authenticated or not; who says neither is what the name says. */
function withStanding(username: string, groups: string[]): string[] {
  if (groups.includes(AUTHENTICATED) || groups.includes(UNAUTHENTICATED)) return groups;
  return [...groups, username === ANONYMOUS ? UNAUTHENTICATED : AUTHENTICATED];
}

function extraOf(headers: Record<string, string>): Record<string, string[]> {
  const extra: Record<string, string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (name.startsWith(EXTRA)) extra[decodeURIComponent(name.slice(EXTRA.length))] = listed(value);
  }
  return extra;
}
