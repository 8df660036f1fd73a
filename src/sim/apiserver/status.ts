/** Status errors with the codes, reasons and texts of apimachinery's `api/errors`. */

export interface StatusCause {
  reason?: string;
  message?: string;
  field?: string;
}

export interface Status {
  kind: "Status";
  apiVersion: "v1";
  metadata: Record<string, unknown>;
  status: "Success" | "Failure";
  message?: string;
  reason?: string;
  details?: {
    name?: string;
    group?: string;
    kind?: string;
    uid?: string;
    causes?: StatusCause[];
    retryAfterSeconds?: number;
  };
  code: number;
}

/** Thrown inside the API server and turned into a response at its edge; it never leaves the simulation. */
export class StatusError extends Error {
  constructor(readonly status: Status) {
    super(status.message);
    this.name = "StatusError";
  }
  get code(): number {
    return this.status.code;
  }
  get reason(): string {
    return this.status.reason ?? "";
  }
}

export interface GroupResource {
  group: string;
  resource: string;
}

const qualified = ({ group, resource }: GroupResource) => (group ? `${resource}.${group}` : resource);

export function failure(code: number, reason: string, message: string, details?: Status["details"]): StatusError {
  const status: Status = { kind: "Status", apiVersion: "v1", metadata: {}, status: "Failure", message, reason, code };
  if (details) status.details = details;
  return new StatusError(status);
}

export const notFound = (gr: GroupResource, name: string) =>
  failure(404, "NotFound", `${qualified(gr)} "${name}" not found`, {
    name,
    ...(gr.group && { group: gr.group }),
    kind: gr.resource,
  });

export const alreadyExists = (gr: GroupResource, name: string) =>
  failure(409, "AlreadyExists", `${qualified(gr)} "${name}" already exists`, {
    name,
    ...(gr.group && { group: gr.group }),
    kind: gr.resource,
  });

export const conflict = (gr: GroupResource, name: string, why: string) =>
  failure(409, "Conflict", `Operation cannot be fulfilled on ${qualified(gr)} "${name}": ${why}`, {
    name,
    ...(gr.group && { group: gr.group }),
    kind: gr.resource,
  });

export const OPTIMISTIC_LOCK =
  "the object has been modified; please apply your changes to the latest version and try again";

export const forbidden = (gr: GroupResource, name: string, why: string) =>
  failure(403, "Forbidden", `${qualified(gr)}${name ? ` "${name}"` : ""} is forbidden: ${why}`, {
    ...(name && { name }),
    ...(gr.group && { group: gr.group }),
    kind: gr.resource,
  });

export const badRequest = (why: string) => failure(400, "BadRequest", why);

export const methodNotSupported = (gr: GroupResource, verb: string) =>
  failure(405, "MethodNotAllowed", `${verb} is not supported on resources of kind "${qualified(gr)}"`, {
    ...(gr.group && { group: gr.group }),
    kind: gr.resource,
  });

export const unsupportedMediaType = (accepted: string[]) =>
  failure(
    415,
    "UnsupportedMediaType",
    `the body of the request was in an unknown format - accepted media types include: ${accepted.join(", ")}`,
  );

export const pageNotFound = () => failure(404, "NotFound", "the server could not find the requested resource", {});

export const resourceExpired = (why: string) => failure(410, "Expired", why);
export const gone = (why: string) => failure(410, "Gone", why);
export const internalError = (why: string) =>
  failure(500, "InternalError", `Internal error occurred: ${why}`, { causes: [{ message: why }] });
export const serviceUnavailable = (why: string) => failure(503, "ServiceUnavailable", why);

/** One complaint of validation, as `field.Error`. */
export interface FieldError {
  type:
    | "FieldValueNotFound"
    | "FieldValueRequired"
    | "FieldValueDuplicate"
    | "FieldValueInvalid"
    | "FieldValueNotSupported"
    | "FieldValueForbidden"
    | "FieldValueTooLong"
    | "FieldValueTooMany"
    | "InternalError"
    | "FieldValueTypeInvalid";
  /** `spec.containers[0].image` */
  field: string;
  /** The whole text behind the field: `Invalid value: "x": must be …`. Built by `kinds/validation/field-error.ts`. */
  detail: string;
}

/** `Deployment.apps "web" is invalid: [a: Required value, b: …]`, with each error as a cause. */
export function invalid(gk: { group: string; kind: string }, name: string, errors: FieldError[]): StatusError {
  const texts = [...new Set(errors.map((error) => `${error.field}: ${error.detail}`))];
  const list = texts.length === 1 ? texts[0] : `[${texts.join(", ")}]`;
  return failure(422, "Invalid", `${gk.group ? `${gk.kind}.${gk.group}` : gk.kind} "${name}" is invalid: ${list}`, {
    name,
    ...(gk.group && { group: gk.group }),
    kind: gk.kind,
    causes: errors.map((error) => ({ reason: error.type, message: error.detail, field: error.field })),
  });
}
