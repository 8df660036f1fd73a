import type { FieldError } from "../../apiserver/status";
import type { KubeObject } from "../../types";
import { forbidden, invalid, required } from "../validation/field-error";
import { validateMetadata } from "../validation/metadata";
import { isDns1035Label, isDns1123Subdomain } from "../validation/names";
import { isPathSegmentName } from "../validation/references";

const GROUP_PRIORITY_MAX = 20_000;
const VERSION_PRIORITY_MAX = 1000;
const PORT_MAX = 65_535;

/** pkg/apis/apiregistration/validation of kube-aggregator. */
export function validateApiService({ metadata, spec }: KubeObject): FieldError[] {
  const { group = "", version = "", groupPriorityMinimum = 0, versionPriority = 0, service } = spec;
  const wanted = `${version}.${group}`;
  const nameErrors = (name: string) =>
    name === wanted ? isPathSegmentName(name) : [`must be \`spec.version+"."+spec.group\`: ${JSON.stringify(wanted)}`];
  const errors = validateMetadata(metadata, false, nameErrors);
  if (group !== "") errors.push(...isDns1123Subdomain(group).map((text) => invalid("spec.group", group, text)));
  if (version === "") errors.push(required("spec.version", "may not be empty"));
  else errors.push(...isDns1035Label(version).map((text) => invalid("spec.version", version, text)));
  if (!(groupPriorityMinimum > 0 && groupPriorityMinimum <= GROUP_PRIORITY_MAX))
    errors.push(invalid("spec.groupPriorityMinimum", groupPriorityMinimum, "must be positive and less than 20000"));
  if (!(versionPriority > 0 && versionPriority <= VERSION_PRIORITY_MAX))
    errors.push(invalid("spec.versionPriority", versionPriority, "must be positive and less than 1000"));
  if (!service) {
    if ((spec.caBundle ?? "") !== "")
      errors.push(invalid("spec.caBundle", "0 bytes", "local APIServices may not have a caBundle"));
    if (spec.insecureSkipTLSVerify)
      errors.push(invalid("spec.insecureSkipTLSVerify", true, "local APIServices may not have insecureSkipTLSVerify"));
    return errors;
  }
  if ((service.namespace ?? "") === "") errors.push(required("spec.service.namespace", ""));
  if ((service.name ?? "") === "") errors.push(required("spec.service.name", ""));
  if (!(service.port >= 1 && service.port <= PORT_MAX))
    errors.push(invalid("spec.service.port", service.port, "must be between 1 and 65535, inclusive"));
  if (spec.insecureSkipTLSVerify && (spec.caBundle ?? "") !== "")
    errors.push(forbidden("spec.insecureSkipTLSVerify", "may not be true if caBundle is present"));
  return errors;
}
