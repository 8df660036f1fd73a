import { parseRfc3339 } from "@/sim/kernel/time";
import { humanDuration } from "@/sim/kinds/printing";
import { canonicalQuantity } from "@/sim/kinds/quantity";
import { accessModesText } from "@/sim/kinds/storage/access-modes";
import { classNameOf, isDefaultClass } from "@/sim/kinds/storage/class-name";
import { eventsLines } from "./events";
import type { Describer, World } from "./types";
import { sourceLines } from "./volume-sources";
import { annotationsLines, boolText, labelsLines, mapText, timeText, type Writer } from "./writer";

const sizeText = (size: unknown): string => canonicalQuantity(String(size ?? "0"));

function statusText({ metadata, status }: any, nowMs: number): string {
  if (!metadata.deletionTimestamp) return status?.phase ?? "";
  const since = parseRfc3339(metadata.deletionTimestamp);
  return `Terminating (lasts ${since === undefined ? "<unknown>" : humanDuration(nowMs - since)})`;
}

const finalizersText = ({ metadata }: any): string => `[${(metadata.finalizers ?? []).join(" ")}]`;

/** `zone in [a, b]`, one below the other. */
function termLines(w: Writer, level: number, title: string, requirements: readonly any[] = []): void {
  w.write(level, `${title}:\t`);
  if (requirements.length === 0) w.line("<none>");
  for (const [index, { key, operator = "In", values = [] }] of requirements.entries()) {
    if (index > 0) w.write(level, "\t");
    w.line(`${key} ${String(operator).toLowerCase()}${values.length > 0 ? ` [${values.join(", ")}]` : ""}`);
  }
}

function nodeAffinityLines(w: Writer, affinity: any): void {
  w.line(`Node Affinity:\t${affinity?.required ? "" : "<none>"}`);
  if (!affinity?.required) return;
  const terms: readonly any[] = affinity.required.nodeSelectorTerms ?? [];
  w.write(1, `Required Terms:\t${terms.length === 0 ? "<none>" : ""}\n`);
  for (const [index, term] of terms.entries()) termLines(w, 2, `Term ${index}`, term.matchExpressions);
}

export const describePersistentVolume: Describer = async (w, volume, world) => {
  const { metadata, spec, status = {} } = volume;
  w.line(`Name:\t${metadata.name}`);
  labelsLines(w, "Labels", metadata.labels);
  annotationsLines(w, "Annotations", metadata.annotations);
  w.line(`Finalizers:\t${finalizersText(volume)}`);
  w.line(`StorageClass:\t${classNameOf(volume)}`);
  w.line(`Status:\t${statusText(volume, world.nowMs)}`);
  w.line(`Claim:\t${spec.claimRef ? `${spec.claimRef.namespace ?? ""}/${spec.claimRef.name}` : ""}`);
  w.line(`Reclaim Policy:\t${spec.persistentVolumeReclaimPolicy ?? ""}`);
  w.line(`Access Modes:\t${accessModesText(spec.accessModes)}`);
  if (spec.volumeMode) w.line(`VolumeMode:\t${spec.volumeMode}`);
  w.line(`Capacity:\t${sizeText(spec.capacity?.storage)}`);
  nodeAffinityLines(w, spec.nodeAffinity);
  w.line(`Message:\t${status.message ?? ""}`);
  w.line("Source:");
  sourceLines(w, spec);
  eventsLines(w, await world.events(volume), world.nowMs);
};

export const describePersistentVolumeClaim: Describer = async (w, claim, world) => {
  const { metadata, spec, status = {} } = claim;
  w.line(`Name:\t${metadata.name}`);
  w.line(`Namespace:\t${metadata.namespace}`);
  w.line(`StorageClass:\t${classNameOf(claim)}`);
  w.line(`Status:\t${statusText(claim, world.nowMs)}`);
  w.line(`Volume:\t${spec.volumeName ?? ""}`);
  labelsLines(w, "Labels", metadata.labels);
  annotationsLines(w, "Annotations", metadata.annotations);
  w.line(`Finalizers:\t${finalizersText(claim)}`);
  w.line(`Capacity:\t${spec.volumeName ? sizeText(status.capacity?.storage) : ""}`);
  w.line(`Access Modes:\t${spec.volumeName ? accessModesText(status.accessModes) : ""}`);
  if (spec.volumeMode) w.line(`VolumeMode:\t${spec.volumeMode}`);
  if (spec.dataSource) {
    w.line("DataSource:");
    if (spec.dataSource.apiGroup !== undefined) w.write(1, `APIGroup:\t${spec.dataSource.apiGroup ?? ""}\n`);
    w.write(1, `Kind:\t${spec.dataSource.kind}\n`);
    w.write(1, `Name:\t${spec.dataSource.name}\n`);
  }
  const users = await usersOf(claim, world);
  w.line(`Used By:\t${users[0] ?? "<none>"}`);
  for (const name of users.slice(1)) w.line(`\t${name}`);
  conditionLines(w, status.conditions);
  eventsLines(w, await world.events(claim), world.nowMs);
};

/** Pods that mount the claim, and the pod that owns it. */
async function usersOf({ metadata }: any, world: World): Promise<string[]> {
  const owners = new Set((metadata.ownerReferences ?? []).map(({ uid }: any) => uid));
  const mounts = ({ persistentVolumeClaim }: any) => persistentVolumeClaim?.claimName === metadata.name;
  return (await world.list("pods", metadata.namespace))
    .filter((pod) => (pod.spec.volumes ?? []).some(mounts) || owners.has(pod.metadata.uid))
    .map((pod) => pod.metadata.name)
    .sort();
}

function conditionLines(w: Writer, conditions: readonly any[] = []): void {
  if (conditions.length === 0) return;
  w.line("Conditions:");
  w.write(1, "Type\tStatus\tLastProbeTime\tLastTransitionTime\tReason\tMessage\n");
  w.write(1, "----\t------\t-----------------\t------------------\t------\t-------\n");
  for (const { type, status, lastProbeTime, lastTransitionTime, reason = "", message = "" } of conditions)
    w.write(
      1,
      `${type} \t${status} \t${timeText(lastProbeTime)} \t${timeText(lastTransitionTime)} \t${reason} \t${message}\n`,
    );
}

export const describeStorageClass: Describer = async (w, storageClass, world) => {
  const { metadata, allowVolumeExpansion, allowedTopologies, mountOptions = [] } = storageClass;
  w.line(`Name:\t${metadata.name}`);
  w.line(`IsDefaultClass:\t${isDefaultClass(storageClass) ? "Yes" : "No"}`);
  w.line(`Annotations:\t${mapText(metadata.annotations)}`);
  w.line(`Provisioner:\t${storageClass.provisioner}`);
  w.line(`Parameters:\t${mapText(storageClass.parameters)}`);
  w.line(`AllowVolumeExpansion:\t${allowVolumeExpansion === undefined ? "<unset>" : boolText(allowVolumeExpansion)}`);
  w.line(`MountOptions:${mountOptions.length === 0 ? "\t<none>" : ""}`);
  for (const option of mountOptions) w.write(1, `${option}\n`);
  if (storageClass.reclaimPolicy) w.line(`ReclaimPolicy:\t${storageClass.reclaimPolicy}`);
  if (storageClass.volumeBindingMode) w.line(`VolumeBindingMode:\t${storageClass.volumeBindingMode}`);
  if (allowedTopologies) {
    w.line(`AllowedTopologies:\t${allowedTopologies.length === 0 ? "<none>" : ""}`);
    for (const [index, term] of allowedTopologies.entries())
      termLines(w, 1, `Term ${index}`, term.matchLabelExpressions);
  }
  eventsLines(w, await world.events(storageClass), world.nowMs);
};
