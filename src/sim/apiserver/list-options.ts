import { forbidden, notSupported } from "../kinds/validation/field-error";
import { queryValue } from "./listing";
import type { ApiRequest } from "./request";
import { badRequest, type FieldError, failure, invalid, type StatusError } from "./status";

const MATCH = "resourceVersionMatch";
const EXACT = "Exact";
const NOT_OLDER = "NotOlderThan";

/** Refuses options of a list or a watch that do not go together (apimachinery's internalversion/validation). */
export function checkListOptions(request: ApiRequest, watches: boolean): void {
  const errors = watches ? watchErrors(request) : listErrors(request);
  if (errors.length > 0) throw invalid({ group: "meta.k8s.io", kind: "ListOptions" }, "", errors);
}

function listErrors(request: ApiRequest): FieldError[] {
  const match = queryValue(request, MATCH);
  const version = queryValue(request, "resourceVersion");
  const errors: FieldError[] = [];
  if (match) {
    if (!version) errors.push(forbidden(MATCH, "resourceVersionMatch is forbidden unless resourceVersion is provided"));
    if (queryValue(request, "continue"))
      errors.push(forbidden(MATCH, "resourceVersionMatch is forbidden when continue is provided"));
    if (match !== EXACT && match !== NOT_OLDER) errors.push(notSupported(MATCH, match, [EXACT, NOT_OLDER, ""]));
    if (match === EXACT && version === "0")
      errors.push(forbidden(MATCH, 'resourceVersionMatch "exact" is forbidden for resourceVersion "0"'));
  }
  if (queryValue(request, "sendInitialEvents") !== undefined)
    errors.push(forbidden("sendInitialEvents", "sendInitialEvents is forbidden for list"));
  return errors;
}

/** The gate WatchList is closed in 1.33, so initial events are refused; clients then list first. */
function watchErrors(request: ApiRequest): FieldError[] {
  const match = queryValue(request, MATCH);
  const initial = queryValue(request, "sendInitialEvents");
  const errors: FieldError[] = [];
  if (initial !== undefined) {
    if (match !== NOT_OLDER)
      errors.push(forbidden(MATCH, `sendInitialEvents requires setting resourceVersionMatch to ${NOT_OLDER}`));
    const gate = "sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled";
    errors.push(forbidden("sendInitialEvents", gate));
  }
  if (!match) return errors;
  if (initial === undefined)
    errors.push(forbidden(MATCH, "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided"));
  if (match !== NOT_OLDER) errors.push(notSupported(MATCH, match, [NOT_OLDER]));
  if (queryValue(request, "continue"))
    errors.push(forbidden(MATCH, "resourceVersionMatch is forbidden when continue is provided"));
  return errors;
}

/** The version that a request wants at least, 0 where it takes what there is. */
export function wantedVersion(request: ApiRequest): number {
  const text = queryValue(request, "resourceVersion");
  if (!text) return 0;
  if (!/^\d+$/.test(text))
    throw badRequest(`Invalid value: "${text}": strconv.ParseUint: parsing "${text}": invalid syntax`);
  return Number(text);
}

const RETRY_SECONDS = 1;

/** The 504 of a version that is not there yet. */
export function tooLarge(wanted: number, current: number): StatusError {
  const cause = "Too large resource version";
  return failure(504, "Timeout", `Timeout: ${cause}: ${wanted}, current: ${current}`, {
    causes: [{ reason: "ResourceVersionTooLarge", message: cause }],
    retryAfterSeconds: RETRY_SECONDS,
  });
}
