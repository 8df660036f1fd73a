import type { FieldError } from "../../apiserver/status";
import { invalid, required } from "./field-error";
import { isDns1123Subdomain, regexError } from "./names";

const PATH_PATTERN = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";
const PATH = new RegExp(`^${PATH_PATTERN}$`);

/** IsDomainPrefixedPath: `acme.io/foo`. */
export function domainPrefixedPath(value: string, path: string): FieldError[] {
  if (value === "") return [required(path)];
  const slash = value.indexOf("/");
  const [host, rest] = slash < 0 ? [value, ""] : [value.slice(0, slash), value.slice(slash + 1)];
  if (host === "" || rest === "")
    return [invalid(path, value, 'must be a domain-prefixed path (such as "acme.io/foo")')];
  const errors = isDns1123Subdomain(host).map((text) => invalid(path, host, text));
  if (!PATH.test(rest)) errors.push(invalid(path, rest, regexError("Invalid path", PATH_PATTERN)));
  return errors;
}
