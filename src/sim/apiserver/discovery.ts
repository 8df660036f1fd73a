import type { ClusterOptions } from "../options";
import { groupVersion, type KindDefinition } from "./kind";
import type { KindRegistry } from "./registry";

/** What the server says of itself: groups, resources, version. */

const VERBS = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

interface ApiResource {
  name: string;
  singularName: string;
  namespaced: boolean;
  kind: string;
  group?: string;
  version?: string;
  verbs: string[];
  shortNames?: string[];
  categories?: string[];
}

function resourcesOf(kind: KindDefinition): ApiResource[] {
  const base = { singularName: "", namespaced: kind.namespaced };
  const resources: ApiResource[] = [
    {
      name: kind.plural,
      singularName: kind.singular,
      namespaced: kind.namespaced,
      kind: kind.kind,
      verbs: kind.verbs ?? VERBS,
      ...(kind.shortNames?.length && { shortNames: kind.shortNames }),
      ...(kind.categories?.length && { categories: kind.categories }),
    },
  ];
  if (kind.hasStatus)
    resources.push({ ...base, name: `${kind.plural}/status`, kind: kind.kind, verbs: ["get", "patch", "update"] });
  if (kind.scale) {
    resources.push({
      ...base,
      name: `${kind.plural}/scale`,
      group: "autoscaling",
      version: "v1",
      kind: "Scale",
      verbs: ["get", "patch", "update"],
    });
  }
  for (const { name, group, version, kind: bodies, verbs } of kind.subresources ?? []) {
    resources.push({
      ...base,
      name: `${kind.plural}/${name}`,
      ...(group !== undefined && { group }),
      ...(version && { version }),
      kind: bodies ?? kind.kind,
      verbs: [...verbs].sort(),
    });
  }
  return resources;
}

export function apiVersions(): unknown {
  return {
    kind: "APIVersions",
    versions: ["v1"],
    serverAddressByClientCIDRs: [{ clientCIDR: "0.0.0.0/0", serverAddress: "192.168.49.2:8443" }],
  };
}

function apiGroup(kinds: KindRegistry, group: string): Record<string, unknown> {
  const versions = kinds.versionsOf(group).map((version) => ({ groupVersion: `${group}/${version}`, version }));
  return { name: group, versions, preferredVersion: versions[0] };
}

export function apiGroupList(kinds: KindRegistry): unknown {
  const groups = kinds.groups().filter((group) => group !== "");
  return { kind: "APIGroupList", apiVersion: "v1", groups: groups.map((group) => apiGroup(kinds, group)) };
}

export function apiGroupOf(kinds: KindRegistry, group: string): unknown | undefined {
  if (!kinds.groups().includes(group)) return undefined;
  return { kind: "APIGroup", apiVersion: "v1", ...apiGroup(kinds, group) };
}

export function apiResourceList(kinds: KindRegistry, group: string, version: string): unknown | undefined {
  const all = kinds.all.filter((kind) => kind.group === group && kind.version === version);
  if (all.length === 0) return undefined;
  const resources = all.flatMap(resourcesOf).sort((a, b) => (a.name < b.name ? -1 : 1));
  return { kind: "APIResourceList", apiVersion: "v1", groupVersion: groupVersion({ group, version }), resources };
}

export function versionInfo(options: ClusterOptions): unknown {
  const [major, minor] = options.version.split(".");
  return {
    major,
    minor,
    emulationMajor: major,
    emulationMinor: minor,
    minCompatibilityMajor: major,
    minCompatibilityMinor: String(Number(minor) - 1),
    gitVersion: `v${options.version}`,
    gitCommit: "74cdb4273a4cf7d2a52dd0fd5aaa0ef5a7f2ad51",
    gitTreeState: "clean",
    buildDate: "2025-08-27T09:53:57Z",
    goVersion: "go1.24.5",
    compiler: "gc",
    platform: "linux/amd64",
  };
}
