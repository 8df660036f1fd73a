/** What a request's path names. */
export interface ResourcePath {
  group: string;
  version: string;
  namespace?: string;
  plural: string;
  name?: string;
  subresource?: string;
  /** What follows the subresource, for `proxy/…`. */
  rest?: string;
}

/** Reads `/api/v1/…` and `/apis/GROUP/VERSION/…`; undefined where the path names no resource. */
export function parseResourcePath(path: string): ResourcePath | undefined {
  const parts = path.split("/").slice(1).map(decodeURIComponent);
  if (parts.at(-1) === "") parts.pop();
  let group = "";
  let version: string | undefined;
  if (parts[0] === "api") {
    version = parts[1];
    parts.splice(0, 2);
  } else if (parts[0] === "apis") {
    group = parts[1] ?? "";
    version = parts[2];
    parts.splice(0, 3);
  }
  if (!version || parts.length === 0) return undefined;
  let namespace: string | undefined;
  // `/namespaces/NAME` is a namespace itself, and `/namespaces/NAME/status` its subresource.
  if (parts[0] === "namespaces" && parts.length >= 3 && !["status", "finalize"].includes(parts[2]!)) {
    namespace = parts[1];
    parts.splice(0, 2);
  }
  const [plural, name, subresource, ...rest] = parts;
  if (!plural) return undefined;
  return {
    group,
    version,
    plural,
    ...(namespace !== undefined && { namespace }),
    ...(name !== undefined && { name }),
    ...(subresource !== undefined && { subresource }),
    ...(rest.length > 0 && { rest: `/${rest.join("/")}` }),
  };
}
