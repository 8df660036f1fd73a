import { apiResourceList } from "@/sim/apiserver/discovery";
import type { KindRegistry } from "@/sim/apiserver/registry";
import type { ApiResponse } from "@/sim/apiserver/request";

/** The forms of kep.k8s.io/3352, newest first. */
const FORMS = ["v2", "v2beta1"];

interface Listed {
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

/** All groups with their resources in one answer, for clients that ask for it; undefined for those that do not. */
export function aggregatedDiscovery(kinds: KindRegistry, path: string, accept: string): ApiResponse | undefined {
  const form = wantedForm(accept);
  if (!form) return undefined;
  const groups = kinds.groups().filter((group) => (path === "/api") === (group === ""));
  const items = groups.map((group) => ({
    metadata: group ? { name: group, creationTimestamp: null } : { creationTimestamp: null },
    versions: kinds.versionsOf(group).map((version) => ({
      version,
      resources: resourcesOf(kinds, group, version),
      freshness: "Current",
    })),
  }));
  return {
    status: 200,
    headers: { "content-type": `application/json;g=apidiscovery.k8s.io;v=${form};as=APIGroupDiscoveryList` },
    body: { kind: "APIGroupDiscoveryList", apiVersion: `apidiscovery.k8s.io/${form}`, metadata: {}, items },
  };
}

/** The first acceptable entry decides; a plain `application/json` before them means the older form. */
function wantedForm(accept: string): string | undefined {
  for (const entry of accept.split(",")) {
    const [type, ...parameters] = entry.split(";").map((part) => part.trim());
    if (type !== "application/json") continue;
    const given = Object.fromEntries(parameters.map((parameter) => parameter.split("=")));
    if (!given.as) return undefined;
    if (given.as === "APIGroupDiscoveryList" && given.g === "apidiscovery.k8s.io" && FORMS.includes(given.v))
      return given.v;
  }
  return undefined;
}

function resourcesOf(kinds: KindRegistry, group: string, version: string): unknown[] {
  const { resources } = apiResourceList(kinds, group, version) as { resources: Listed[] };
  const responseKind = (one: Listed) => ({
    group: one.group ?? group,
    version: one.version ?? version,
    kind: one.kind,
  });
  return resources
    .filter(({ name }) => !name.includes("/"))
    .map((one) => ({
      resource: one.name,
      responseKind: responseKind(one),
      scope: one.namespaced ? "Namespaced" : "Cluster",
      singularResource: one.singularName,
      verbs: one.verbs,
      ...(one.shortNames && { shortNames: one.shortNames }),
      ...(one.categories && { categories: one.categories }),
      ...subresources(resources, one.name, responseKind),
    }));
}

function subresources(all: Listed[], name: string, responseKind: (one: Listed) => unknown) {
  const found = all.filter((one) => one.name.startsWith(`${name}/`));
  if (found.length === 0) return {};
  return {
    subresources: found.map((one) => ({
      subresource: one.name.slice(name.length + 1),
      responseKind: responseKind(one),
      verbs: one.verbs,
    })),
  };
}
