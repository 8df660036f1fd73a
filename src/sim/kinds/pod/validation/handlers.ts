import type { FieldError } from "../../../apiserver/status";
import { forbidden, invalid, notSupported, required } from "../../validation/field-error";
import { isHttpHeaderName } from "../../validation/names";
import { nonNegative, validatePortNumOrName } from "../../validation/numbers";

type Check = (action: any, path: string, graceSeconds: number) => FieldError[];

/** Handlers in the order in which upstream looks at them. */
const HANDLERS: Record<string, Check> = {
  exec: ({ command }, path) => ((command ?? []).length === 0 ? [required(`${path}.command`)] : []),
  httpGet: validateHttpGet,
  tcpSocket: ({ port }, path) => validatePortNumOrName(port, `${path}.port`),
  grpc: ({ port }, path) => validatePortNumOrName(port, `${path}.port`),
  sleep: ({ seconds = 0 }, path, graceSeconds) => {
    if (seconds >= 0 && seconds <= graceSeconds) return [];
    return [
      invalid(path, seconds, `must be non-negative and less than terminationGracePeriodSeconds (${graceSeconds})`),
    ];
  },
};

function validateHttpGet(action: any, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (!action.path) errors.push(required(`${path}.path`));
  errors.push(...validatePortNumOrName(action.port, `${path}.port`));
  const scheme = action.scheme ?? "";
  if (scheme !== "HTTP" && scheme !== "HTTPS") errors.push(notSupported(`${path}.scheme`, scheme, ["HTTP", "HTTPS"]));
  for (const header of action.httpHeaders ?? []) {
    for (const text of isHttpHeaderName(header.name ?? ""))
      errors.push(invalid(`${path}.httpHeaders`, header.name ?? "", text));
  }
  return errors;
}

export function validateHandler(handler: any, path: string, graceSeconds: number): FieldError[] {
  const errors: FieldError[] = [];
  let count = 0;
  for (const [name, check] of Object.entries(HANDLERS)) {
    const action = handler[name];
    if (action === undefined || action === null) continue;
    if (count > 0) errors.push(forbidden(`${path}.${name}`, "may not specify more than 1 handler type"));
    else errors.push(...check(action, `${path}.${name}`, graceSeconds));
    count++;
  }
  if (count === 0) errors.push(required(path, "must specify a handler type"));
  return errors;
}

export function validateLifecycle(lifecycle: any, path: string, graceSeconds: number): FieldError[] {
  const errors: FieldError[] = [];
  for (const hook of ["postStart", "preStop"]) {
    if (lifecycle?.[hook]) errors.push(...validateHandler(lifecycle[hook], `${path}.${hook}`, graceSeconds));
  }
  return errors;
}

const PROBE_NUMBERS = [
  "initialDelaySeconds",
  "timeoutSeconds",
  "periodSeconds",
  "successThreshold",
  "failureThreshold",
];

export function validateProbe(
  probe: any,
  kind: "liveness" | "readiness" | "startup",
  path: string,
  graceSeconds: number,
): FieldError[] {
  if (!probe) return [];
  const errors = validateHandler(probe, path, graceSeconds);
  for (const field of PROBE_NUMBERS) errors.push(...nonNegative(probe[field], `${path}.${field}`));
  const grace = probe.terminationGracePeriodSeconds;
  if (kind === "readiness") {
    if (grace !== undefined)
      errors.push(invalid(`${path}.terminationGracePeriodSeconds`, grace, "must not be set for readinessProbes"));
  } else {
    if (grace !== undefined && grace <= 0)
      errors.push(invalid(`${path}.terminationGracePeriodSeconds`, grace, "must be greater than 0"));
    if (probe.successThreshold !== 1)
      errors.push(invalid(`${path}.successThreshold`, probe.successThreshold ?? 0, "must be 1"));
  }
  return errors;
}
