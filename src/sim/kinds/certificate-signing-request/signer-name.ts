import type { FieldError } from "../../apiserver/status";
import { invalid, quote, required, tooLong } from "../validation/field-error";
import { isDns1123Label, isDns1123Subdomain, LABEL_MAX, SUBDOMAIN_MAX } from "../validation/names";

const PATH_MAX = SUBDOMAIN_MAX + LABEL_MAX + 1;

/** A domain, a slash and a path of labels: `kubernetes.io/kube-apiserver-client` (ValidateSignerName). */
export function validateSignerName(name: string | undefined, path: string): FieldError[] {
  if (!name) return [required(path, "signerName must be provided")];
  const segments = name.split("/");
  if (segments.length !== 2)
    return [invalid(path, name, "must be a fully qualified domain and path of the form 'example.com/signer-name'")];
  const [domain, rest] = segments as [string, string];
  const errors: FieldError[] = [];
  if (domain.length > SUBDOMAIN_MAX) errors.push(tooLong(path, SUBDOMAIN_MAX));
  errors.push(...firstBadLabel(domain, isDns1123Label, path));
  if (!domain.includes("."))
    errors.push(invalid(path, domain, "should be a domain with at least two segments separated by dots"));
  errors.push(...firstBadLabel(rest, isDns1123Subdomain, path));
  if (name.length > SUBDOMAIN_MAX + PATH_MAX + 1) errors.push(tooLong(path, SUBDOMAIN_MAX + PATH_MAX + 1));
  return errors;
}

/** Only the first label that is wrong is told of. */
function firstBadLabel(segment: string, check: (label: string) => string[], path: string): FieldError[] {
  const bad = segment.split(".").find((label) => check(label).length > 0);
  if (bad === undefined) return [];
  return check(bad).map((text) => invalid(path, segment, `validating label ${quote(bad)}: ${text}`));
}
