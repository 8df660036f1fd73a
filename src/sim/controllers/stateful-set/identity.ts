import type { NewObject } from "../../apiserver/client";
import { clone } from "../../kernel/freeze";
import type { KubeObject } from "../../types";
import { REVISION_HASH } from "../history/revisions";
import { podFromTemplate } from "../replica-set/pod-from-template";

/** Who a pod of a StatefulSet is (https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#pod-identity). */

const POD_NAME = "statefulset.kubernetes.io/pod-name";
const POD_INDEX = "apps.kubernetes.io/pod-index";
const NAME = /^(.*)-([0-9]+)$/;
/** Ordinals are 32-bit numbers. */
const ORDINAL_LIMIT = 2 ** 31 - 1;

const parse = (name: string): { parent: string; ordinal: number } => {
  const [, parent = "", digits = ""] = NAME.exec(name) ?? [];
  const ordinal = digits === "" ? -1 : Number(digits);
  return { parent, ordinal: ordinal > ORDINAL_LIMIT ? -1 : ordinal };
};

export const ordinalOf = (pod: KubeObject): number => parse(pod.metadata.name).ordinal;

export const isMember = (set: KubeObject, pod: KubeObject): boolean =>
  parse(pod.metadata.name).parent === set.metadata.name;

export const firstOrdinal = (set: KubeObject): number => set.spec.ordinals?.start ?? 0;

/** The name of the revision that a pod is of. */
export const revisionOfPod = (pod: KubeObject): string => pod.metadata.labels?.[REVISION_HASH] ?? "";

/** Pod, claim template -> the claim's name: `data-web-0`. */
export const claimName = (template: any, podName: string): string => `${template.metadata.name}-${podName}`;

const claimTemplates = (set: KubeObject): readonly any[] => set.spec.volumeClaimTemplates ?? [];

const identityLabels = (name: string): Record<string, string> => ({
  [POD_NAME]: name,
  [POD_INDEX]: String(parse(name).ordinal),
});

/** The volumes of the claims first, then those of the template that no claim hides. */
function volumesOf(set: KubeObject, podName: string, volumes: readonly any[] = []): any[] {
  const claimed = claimTemplates(set).map((template) => ({
    name: template.metadata.name,
    persistentVolumeClaim: { claimName: claimName(template, podName) },
  }));
  return [...claimed, ...volumes.filter(({ name }) => !claimed.some((claim) => claim.name === name))];
}

/** The pod with this ordinal, made of a template of the set's history. */
export function podWithOrdinal(set: KubeObject, template: any, revision: string, ordinal: number): NewObject {
  const pod = podFromTemplate(template, set);
  const name = `${set.metadata.name}-${ordinal}`;
  const { generateName: _, ...metadata } = pod.metadata as any;
  const spec: any = clone(template.spec);
  spec.hostname = name;
  if (set.spec.serviceName) spec.subdomain = set.spec.serviceName;
  const volumes = volumesOf(set, name, spec.volumes);
  if (volumes.length > 0) spec.volumes = volumes;
  const labels = { ...metadata.labels, ...identityLabels(name), [REVISION_HASH]: revision };
  return { ...pod, metadata: { ...metadata, name, labels }, spec };
}

/** The pod as it should be where somebody has taken its identity away; undefined where it has it. */
export function restored(pod: KubeObject): KubeObject | undefined {
  const labels = identityLabels(pod.metadata.name);
  if (Object.entries(labels).every(([key, value]) => pod.metadata.labels?.[key] === value)) return undefined;
  const draft = clone(pod);
  (draft.metadata as any).labels = { ...draft.metadata.labels, ...labels };
  return draft;
}

/** The claims that a pod with this name needs. */
export const claimsOf = (set: KubeObject, podName: string): NewObject[] =>
  claimTemplates(set).map((template) => ({
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: {
      ...clone(template.metadata),
      name: claimName(template, podName),
      namespace: set.metadata.namespace,
      labels: { ...template.metadata.labels, ...set.spec.selector.matchLabels },
    },
    spec: clone(template.spec),
  }));
