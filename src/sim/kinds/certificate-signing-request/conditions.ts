import type { FieldError } from "../../apiserver/status";
import type { CertificateSigningRequest } from "../types";
import { duplicate, forbidden, invalid, notSupported, required } from "../validation/field-error";

export type Condition = NonNullable<NonNullable<CertificateSigningRequest["status"]>["conditions"]>[number];

const PATH = "status.conditions";
const DECISIONS = ["Approved", "Denied", "Failed"];
const TRUTH = ["False", "True", "Unknown"];
const EXCLUSIVE = "Approved and Denied conditions are mutually exclusive";

export const conditionsOf = (request: CertificateSigningRequest, type?: string): readonly Condition[] =>
  (request.status?.conditions ?? []).filter((one) => type === undefined || one.type === type);

export const hasCondition = (request: CertificateSigningRequest, type: string): boolean =>
  conditionsOf(request, type).length > 0;

const repeats = (conditions: readonly Condition[]) =>
  new Set(conditions.map(({ type }) => type)).size < conditions.length;

/** What an older object was let have, its updates may keep. */
export function validateConditions(request: CertificateSigningRequest, old?: CertificateSigningRequest): FieldError[] {
  const before = old ? conditionsOf(old) : [];
  const mayContradict = old !== undefined && hasCondition(old, "Approved") && hasCondition(old, "Denied");
  const mayRepeat = repeats(before);
  const mayBeNameless = before.some(({ type }) => !type);
  const conditions = conditionsOf(request);
  return conditions.flatMap(({ type, status }, index) => {
    const errors: FieldError[] = [];
    const at = `${PATH}[${index}]`;
    if (!type && !mayBeNameless) errors.push(required(`${at}.type`));
    const allowed = DECISIONS.includes(type) ? ["True"] : TRUTH;
    if (!status) errors.push(required(`${at}.status`));
    else if (!allowed.includes(status)) errors.push(notSupported(`${at}.status`, status, allowed));
    const earlier = conditions.slice(0, index).map((one) => one.type);
    const opposite = type === "Approved" ? "Denied" : type === "Denied" ? "Approved" : undefined;
    if (!mayContradict && opposite && earlier.includes(opposite)) errors.push(invalid(`${at}.type`, type, EXCLUSIVE));
    if (!mayRepeat && earlier.includes(type)) errors.push(duplicate(`${at}.type`, type));
    return errors;
  });
}

/** Decisions stay; only the approval subresource makes new ones. */
export function validateDecisions(
  request: CertificateSigningRequest,
  old: CertificateSigningRequest,
  mayDecide: boolean,
): FieldError[] {
  const counts = (type: string) => [conditionsOf(old, type).length, conditionsOf(request, type).length] as const;
  const refuse = (verb: string, type: string) =>
    forbidden(PATH, `updates may not ${verb} a condition of type "${type}"`);
  const errors = DECISIONS.filter((type) => counts(type)[1] < counts(type)[0]).map((type) => refuse("remove", type));
  if (mayDecide) return errors;
  for (const type of ["Approved", "Denied"]) {
    if (counts(type)[1] > counts(type)[0]) errors.push(refuse("add", type));
  }
  return errors;
}
