import type { KindDefinition } from "../../apiserver/kind";
import { GROUP_PRIORITIES, groupPriority } from "../../apiserver/priorities";
import type { Sim } from "../../component";
import type { KubeObject } from "../../types";
import { AGE_COLUMN, age, NAME_COLUMN, shown } from "../printing";
import { validateMetadataUpdate } from "../validation/metadata";
import { API_SERVICES } from "./availability";
import { validateApiService } from "./validation";

/** Upstream ranks the versions of built-in groups so; a CRD's all count the same. */
const VERSION_PRIORITY = 15;
const NEWER_VERSION_PRIORITY = 30;
const CORE_VERSION_PRIORITY = 1;
const CUSTOM_VERSION_PRIORITY = 100;

function versionPriority(group: string, version: string): number {
  if (group === "") return CORE_VERSION_PRIORITY;
  if (GROUP_PRIORITIES[group] === undefined) return CUSTOM_VERSION_PRIORITY;
  return version === "v2" ? NEWER_VERSION_PRIORITY : VERSION_PRIORITY;
}

/** One for each group and version that the server serves itself: nothing is stored of them, they follow from the kinds. */
function localServices({ kinds, store }: Sim): KubeObject[] {
  const started = store.get("namespaces", undefined, "kube-system");
  const creationTimestamp = started?.metadata.creationTimestamp;
  return kinds
    .groupVersions()
    .filter(({ group, version }) => group !== GROUP && !store.get(API_SERVICES, undefined, `${version}.${group}`))
    .map(({ group, version }): KubeObject => {
      const name = `${version}.${group}`;
      const automanaged = GROUP_PRIORITIES[group] === undefined ? "true" : "onstart";
      return {
        apiVersion: `${GROUP}/v1`,
        kind: "APIService",
        metadata: {
          name,
          labels: { "kube-aggregator.kubernetes.io/automanaged": automanaged },
          uid: uidOf(name),
          resourceVersion: "1",
          ...(creationTimestamp && { creationTimestamp }),
        } as KubeObject["metadata"],
        spec: {
          ...(group && { group }),
          groupPriorityMinimum: groupPriority(group),
          version,
          versionPriority: versionPriority(group, version),
        },
        status: {
          conditions: [{ ...(creationTimestamp && { lastTransitionTime: creationTimestamp }), ...LOCAL }],
        },
      };
    })
    .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
}

const GROUP = "apiregistration.k8s.io";

const LOCAL = {
  message: "Local APIServices are always available",
  reason: "Local",
  status: "True",
  type: "Available",
};

const FNV_PRIME = 0x01000193;
const FNV_START = 0x811c9dc5;

/** The same name has the same uid, though nothing remembers it. */
function uidOf(name: string): string {
  const words = [0, 1, 2, 3].map((salt) => {
    let hash = FNV_START ^ salt;
    for (const character of name) hash = Math.imul(hash ^ character.codePointAt(0)!, FNV_PRIME);
    return (hash >>> 0).toString(16).padStart(8, "0");
  });
  const hex = words.join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

export const apiService: KindDefinition = {
  group: GROUP,
  version: "v1",
  kind: "APIService",
  plural: "apiservices",
  singular: "apiservice",
  categories: ["api-extensions"],
  namespaced: false,
  hasStatus: true,
  computed: { list: ({ sim }) => localServices(sim), besideStored: true },
  setDefaults(draft) {
    draft.spec ??= {};
    if (draft.spec.service) draft.spec.service.port ??= 443;
  },
  prepareForCreate(draft) {
    draft.status = {};
    // One without a service is answered here, at once.
    if (!draft.spec.service) draft.status = { conditions: [LOCAL] };
  },
  prepareForUpdate(draft, old) {
    draft.status = old.status;
  },
  validate: validateApiService,
  validateUpdate: (service, old) => [
    ...validateMetadataUpdate(service.metadata, old.metadata),
    ...validateApiService(service),
  ],
  columns: [NAME_COLUMN, shown("Service"), shown("Available"), AGE_COLUMN],
  row: ({ metadata, spec, status }, nowMs) => {
    const { service } = spec;
    const available = status?.conditions?.find(({ type }: { type: string }) => type === "Available");
    const state = available?.status ?? "Unknown";
    return [
      metadata.name,
      service ? `${service.namespace}/${service.name}` : "Local",
      state === "True" || !available?.reason ? state : `${state} (${available.reason})`,
      age(metadata.creationTimestamp, nowMs),
    ];
  },
};
