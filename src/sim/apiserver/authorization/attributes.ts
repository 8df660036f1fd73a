import type { UserInfo } from "../../types";
import type { ResourcePath } from "../path";
import type { ApiRequest } from "../request";
import { failure, type StatusError } from "../status";

export interface ResourceAttributes {
  group: string;
  version: string;
  resource: string;
  subresource: string;
  /** Empty at the cluster's scope. */
  namespace: string;
  /** Empty where the request names no object. */
  name: string;
}

/** What is asked of an authorizer: may this user do that. */
export interface Attributes {
  user: UserInfo;
  verb: string;
  resource?: ResourceAttributes;
  /** Of a request that is not about a resource. */
  path?: string;
}

const one = (value: string | string[] | undefined): string => (Array.isArray(value) ? (value[0] ?? "") : (value ?? ""));

/** What a request is, in the words of RBAC (apiserver's RequestInfo). */
export function attributesOf(request: ApiRequest, path: ResourcePath | undefined, user: UserInfo): Attributes {
  if (!path) return { user, verb: request.method.toLowerCase(), path: request.path };
  let name = path.name ?? "";
  let verb = verbOf(request.method, name !== "");
  if (verb === "list" || verb === "deletecollection") {
    name = /(?:^|,)metadata\.name==?([^,]+)/.exec(one(request.query?.fieldSelector))?.[1] ?? "";
    if (verb === "list" && /^(true|1)$/.test(one(request.query?.watch))) verb = "watch";
  }
  return {
    user,
    verb,
    resource: {
      group: path.group,
      version: path.version,
      resource: path.plural,
      subresource: path.subresource ?? "",
      // A namespace lies within itself.
      namespace: path.namespace ?? (path.group === "" && path.plural === "namespaces" ? (path.name ?? "") : ""),
      name,
    },
  };
}

function verbOf(method: string, named: boolean): string {
  switch (method) {
    case "POST":
      return "create";
    case "PUT":
      return "update";
    case "PATCH":
      return "patch";
    case "DELETE":
      return named ? "delete" : "deletecollection";
    default:
      return named ? "get" : "list";
  }
}

/** `User "jane" cannot list resource "pods" in API group "" in the namespace "default"` */
export function refusalText({ user, verb, resource, path }: Attributes): string {
  const who = `User ${JSON.stringify(user.username)} cannot ${verb}`;
  if (!resource) return `${who} path ${JSON.stringify(path ?? "")}`;
  const what = resource.subresource ? `${resource.resource}/${resource.subresource}` : resource.resource;
  const where = resource.namespace ? `in the namespace ${JSON.stringify(resource.namespace)}` : "at the cluster scope";
  return `${who} resource ${JSON.stringify(what)} in API group ${JSON.stringify(resource.group)} ${where}`;
}

/** The 403 of a request that the authorizer does not allow. */
export function refusal(attributes: Attributes, reason: string): StatusError {
  const text = `${refusalText(attributes)}${reason ? `: ${reason}` : ""}`;
  const { resource } = attributes;
  if (!resource) return failure(403, "Forbidden", `forbidden: ${text}`, {});
  const { group, resource: plural, name } = resource;
  const qualified = group ? `${plural}.${group}` : plural;
  return failure(403, "Forbidden", `${qualified}${name ? ` ${JSON.stringify(name)}` : ""} is forbidden: ${text}`, {
    ...(name && { name }),
    ...(group && { group }),
    kind: plural,
  });
}
