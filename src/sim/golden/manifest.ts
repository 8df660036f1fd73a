/** Internal objects were recorded with Go's own field names (`HostAliases`); a manifest writes `hostAliases`. */
export function asManifest(value: any): any {
  if (Array.isArray(value)) return value.map(asManifest);
  if (typeof value !== "object" || value === null) return value;
  const object: any = {};
  for (const [name, member] of Object.entries<any>(value)) {
    if (member === null || member === "") continue;
    object[fieldName(name)] = KEYED_BY_USERS.has(name) ? member : asManifest(member);
  }
  const { securityContext } = object;
  for (const field of ["hostNetwork", "hostPID", "hostIPC", "shareProcessNamespace"]) {
    if (securityContext?.[field] !== undefined && object.containers !== undefined)
      object[field] = securityContext[field];
  }
  return object;
}

/** Maps whose keys are not names of fields. */
const KEYED_BY_USERS = new Set([
  "Limits",
  "Requests",
  "NodeSelector",
  "matchLabels",
  "MatchLabels",
  "labels",
  "annotations",
  "Capacity",
  "Allocatable",
  "Hard",
  "Used",
  "Selector",
  "Parameters",
  "VolumeAttributes",
  "Overhead",
]);

function fieldName(name: string): string {
  const [, capitals, rest] = /^([A-Z]*)(.*)$/s.exec(name)!;
  if (capitals === "") return name;
  if (rest === "" || rest === "s" || capitals!.length === 1) return capitals!.toLowerCase() + rest;
  return capitals!.slice(0, -1).toLowerCase() + capitals!.slice(-1) + rest;
}

/** Versioned objects as a client would send them: without nulls. */
export function withoutNulls(value: any): any {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(members.map(([name, member]) => [name, withoutNulls(member)]));
}

/** A recorded object with the parts that the server's own objects always have. */
export const asObject = (value: any) => ({ metadata: {}, spec: {}, ...withoutNulls(value) });
