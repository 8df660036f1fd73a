import type { FieldError } from "../../apiserver/status";
import { deepEqual } from "../../kernel/freeze";
import { immutable, invalid, required } from "../validation/field-error";
import { validateMetadata, validateMetadataUpdate } from "../validation/metadata";
import { isDns1123Subdomain, isQualifiedName } from "../validation/names";

const MAX_CHARACTERS = 128;
const MAX_NOTE_CHARACTERS = 1024;

/** Whether events are written in `v1` or in `events.k8s.io/v1`, which asks for more and names one field otherwise. */
export type EventVersion = "v1" | "events.k8s.io/v1";

/** What holds for events of every version (pkg/apis/core/validation/events.go). */
export function validateEvent(event: any, version: EventVersion = "v1"): FieldError[] {
  const { namespace = "" } = event.metadata;
  const errors = event.eventTime ? validateReported(event, version) : validateNamespaces(event);
  for (const text of isDns1123Subdomain(namespace)) errors.push(invalid("namespace", namespace, text));
  return errors;
}

const stray = (about: string) => invalid("involvedObject.namespace", about, "does not match event.namespace");

/** Events about things without a namespace live in `default`; all others with what they are about. */
function validateNamespaces({ metadata, involvedObject }: any): FieldError[] {
  const { namespace = "" } = metadata;
  const about = involvedObject?.namespace ?? "";
  const fits = about === "" ? ["", "default"].includes(namespace) : about === namespace;
  return fits ? [] : [stray(about)];
}

/** Events with a time of their own say who tells what of whom. */
function validateReported(event: any, version: EventVersion): FieldError[] {
  const errors: FieldError[] = [];
  const { metadata, reportingComponent = "", reportingInstance = "", action = "", reason = "", message = "" } = event;
  const about = event.involvedObject?.namespace ?? "";
  if (about === "" && !["default", "kube-system"].includes(metadata.namespace ?? "")) errors.push(stray(about));
  const atController = version === "v1" ? "reportingComponent" : "reportingController";
  if (!reportingComponent) errors.push(required(atController));
  for (const text of isQualifiedName(reportingComponent)) errors.push(invalid(atController, reportingComponent, text));
  for (const [field, value] of Object.entries({ reportingInstance, action, reason })) {
    if (!value) errors.push(required(field));
    if (value.length > MAX_CHARACTERS) errors.push(tooLong(field, MAX_CHARACTERS));
  }
  if (message.length > MAX_NOTE_CHARACTERS) errors.push(tooLong("message", MAX_NOTE_CHARACTERS));
  return errors;
}

const tooLong = (field: string, max: number) => invalid(field, "", `can have at most ${max} characters`);

/** What events.k8s.io/v1 asks of a new event beside `validateEvent`. */
export function validateNewEvent(event: any): FieldError[] {
  const errors = [...validateMetadata(event.metadata, true, isDns1123Subdomain), ...validateSeries(event.series)];
  if (!event.eventTime) errors.push(required("eventTime"));
  if (event.type !== "Normal" && event.type !== "Warning")
    errors.push(invalid("type", "", `has invalid value: ${event.type ?? ""}`));
  for (const field of ["firstTimestamp", "lastTimestamp", "count"])
    if (event[field]) errors.push(invalid(field, "", "needs to be unset"));
  if (event.source?.component || event.source?.host) errors.push(invalid("source", "", "needs to be unset"));
  return errors;
}

function validateSeries(series: any): FieldError[] {
  if (!series) return [];
  const errors: FieldError[] = [];
  if ((series.count ?? 0) < 2) errors.push(invalid("series.count", "", "should be at least 2"));
  if (!series.lastObservedTime) errors.push(required("series.lastObservedTime"));
  return errors;
}

/** All of an event but its series, by the names that its errors bear. */
const FIXED: readonly (readonly [string, unknown])[] = [
  ["involvedObject", {}],
  ["reason", ""],
  ["message", ""],
  ["source", {}],
  ["firstTimestamp", null],
  ["lastTimestamp", null],
  ["count", 0],
  ["type", ""],
  ["eventTime", null],
  ["action", ""],
  ["related", null],
  ["reportingController", ""],
  ["reportingInstance", ""],
];
const STORED_AS: Record<string, string> = { reportingController: "reportingComponent" };

/** What events.k8s.io/v1 asks of an event that changes beside `validateEvent`: only its series may. */
export function validateEventUpdate(event: any, old: any): FieldError[] {
  const errors = validateMetadataUpdate(event.metadata, old.metadata);
  if (!deepEqual(event.series, old.series)) errors.push(...validateSeries(event.series));
  for (const [field, empty] of FIXED) {
    const name = STORED_AS[field] ?? field;
    if (!deepEqual(event[name] ?? empty, old[name] ?? empty)) errors.push(immutable(field, event[name] ?? empty));
  }
  return errors;
}
