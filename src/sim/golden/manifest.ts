/** Internal objects were recorded with Go's own field names (`HostAliases`); a manifest writes `hostAliases`. */
export function asManifest(value: any): any {
  if (Array.isArray(value)) return value.map(asManifest);
  if (typeof value !== "object" || value === null) return value;
  const object: any = {};
  for (const [name, member] of Object.entries<any>(value)) {
    if (member === null || (member === "" && !POINTERS.has(name))) continue;
    object[fieldName(name)] = KEYED_BY_USERS.has(name) ? member : asManifest(member);
  }
  if (isTemplate(object)) moveMetadata(object);
  const { securityContext } = object;
  for (const field of ["hostNetwork", "hostPID", "hostIPC", "shareProcessNamespace"]) {
    if (securityContext?.[field] !== undefined && object.containers !== undefined)
      object[field] = securityContext[field];
  }
  return object;
}

/** Texts behind a pointer: one that is empty was given. */
const POINTERS = new Set(["FSGroupChangePolicy", "VolumeMode"]);

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

/** Internal names that are not those of a manifest, whatever their letters. */
const RENAMED: Record<string, string> = {
  CephFS: "cephfs",
  CephMonitors: "monitors",
  DataDiskURI: "diskURI",
  DiscoveryCHAPAuth: "chapAuthDiscovery",
  EndpointsName: "endpoints",
  RBDImage: "image",
  SessionCHAPAuth: "chapAuthSession",
  StorageOS: "storageos",
  UID: "uid",
};

const METADATA = new Set([
  "annotations",
  "clusterName",
  "creationTimestamp",
  "deletionGracePeriodSeconds",
  "deletionTimestamp",
  "finalizers",
  "generateName",
  "generation",
  "labels",
  "managedFields",
  "name",
  "namespace",
  "ownerReferences",
  "resourceVersion",
  "selfLink",
  "uid",
]);

/** Templates were recorded without a name for their metadata: its fields stand beside their spec. */
const isTemplate = (object: any) =>
  object.spec !== undefined && object.metadata === undefined && Object.keys(object).some((name) => METADATA.has(name));

function moveMetadata(object: any): void {
  object.metadata = {};
  for (const name of Object.keys(object)) {
    if (!METADATA.has(name)) continue;
    object.metadata[name] = object[name];
    delete object[name];
  }
}

function fieldName(name: string): string {
  if (RENAMED[name]) return RENAMED[name]!;
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
