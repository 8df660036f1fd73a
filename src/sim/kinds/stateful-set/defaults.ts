import { defaultPodTemplate } from "../pod/defaults";
import { roundUpToMilli } from "../quantity";
import type { StatefulSet } from "../types";

/** apps/v1 SetDefaults_StatefulSet, and what a claim gets that is part of it. */
export function defaultStatefulSet(draft: StatefulSet): void {
  draft.spec ??= {} as StatefulSet["spec"];
  const spec = draft.spec as any;
  spec.podManagementPolicy ||= "OrderedReady";
  spec.updateStrategy ??= {};
  if (!spec.updateStrategy.type) {
    spec.updateStrategy.type = "RollingUpdate";
    spec.updateStrategy.rollingUpdate ??= {};
  }
  if (spec.updateStrategy.type === "RollingUpdate" && spec.updateStrategy.rollingUpdate)
    spec.updateStrategy.rollingUpdate.partition ??= 0;
  spec.persistentVolumeClaimRetentionPolicy ??= {};
  spec.persistentVolumeClaimRetentionPolicy.whenDeleted ||= "Retain";
  spec.persistentVolumeClaimRetentionPolicy.whenScaled ||= "Retain";
  spec.replicas ??= 1;
  spec.revisionHistoryLimit ??= 10;
  spec.serviceName ??= "";
  spec.template ??= {};
  defaultPodTemplate(spec.template);
  for (const claim of spec.volumeClaimTemplates ?? []) defaultClaimTemplate(claim);
}

function defaultClaimTemplate(claim: any): void {
  claim.apiVersion = "v1";
  claim.kind = "PersistentVolumeClaim";
  claim.metadata ??= {};
  claim.metadata.creationTimestamp ??= null;
  claim.spec ??= {};
  claim.spec.volumeMode ||= "Filesystem";
  claim.spec.resources ??= {};
  for (const list of [claim.spec.resources.requests, claim.spec.resources.limits])
    for (const name of Object.keys(list ?? {})) list[name] = roundUpToMilli(list[name]);
  claim.status ??= {};
  claim.status.phase ||= "Pending";
}
