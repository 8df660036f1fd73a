import type { Change } from "../../apiserver/request";
import type { Sim } from "../../component";
import { deepEqual } from "../../kernel/freeze";
import type { Pod } from "../../kinds/types";
import { podEvent } from "../events";
import { wakeProbes } from "../probes/lazy";
import { allRecords, KUBELET, type PodRecord, podOf, readRecord } from "../records";
import { dropVolume, dropVolumesOf, readVolume, writeVolume } from "../runtime/volume-rows";
import { VOLUME_REFRESH_MS } from "../timing";
import { setUpClaim } from "./claim";
import { downwardPayload } from "./downward-api";
import { setUpHostPath } from "./host-path";
import { keyedPayload } from "./keyed";
import { MountError, type Payload, payloadTree } from "./payload";
import { projectedPayload } from "./projected";

type Volume = NonNullable<Pod["spec"]["volumes"]>[number];

/** Sets up all volumes of a pod. False where one of them fails: its event says why. */
export function mountVolumes(sim: Sim, record: PodRecord, pod: Pod): boolean {
  let mounted = true;
  for (const volume of pod.spec.volumes ?? []) {
    if (readVolume(sim, record.uid, volume.name)) continue;
    try {
      setUp(sim, record, pod, volume);
    } catch (error) {
      if (!(error instanceof MountError)) throw error;
      podEvent(
        sim,
        pod,
        "Warning",
        "FailedMount",
        `MountVolume.SetUp failed for volume "${volume.name}" : ${error.message}`,
      );
      mounted = false;
    }
  }
  return mounted;
}

function setUp(sim: Sim, record: PodRecord, pod: Pod, volume: Volume): void {
  const payload = payloadOf(sim, record, pod, volume);
  if (payload) {
    const gid = Number(pod.spec.securityContext?.fsGroup ?? 0);
    writeVolume(sim, record.uid, volume.name, { kind: "tree", ...payloadTree(payload, sim.kernel.nowMs, gid) });
  } else if (volume.hostPath) {
    setUpHostPath(sim, record.node, volume.hostPath as { path: string; type?: string });
    writeVolume(sim, record.uid, volume.name, { kind: "host-path", path: volume.hostPath.path });
  } else if (volume.persistentVolumeClaim) {
    const { claimName } = volume.persistentVolumeClaim;
    writeVolume(sim, record.uid, volume.name, setUpClaim(sim, record.node, record.namespace, claimName));
  } else {
    writeVolume(sim, record.uid, volume.name, { kind: "empty-dir", overlay: {} });
  }
}

/** What the kubelet writes into a volume; undefined for the kinds that containers write themselves. */
function payloadOf(sim: Sim, record: PodRecord, pod: Pod, volume: Volume): Payload | undefined {
  const namespace = pod.metadata.namespace!;
  const ip = record.ip ?? "";
  const mode = (value: number | undefined) => value ?? 0o644;
  const { configMap, secret, downwardAPI, projected } = volume as any;
  if (configMap) return keyedPayload(sim, namespace, "configmap", configMap, mode(configMap.defaultMode));
  if (secret)
    return keyedPayload(sim, namespace, "secret", { ...secret, name: secret.secretName }, mode(secret.defaultMode));
  if (downwardAPI) return downwardPayload(sim, pod, downwardAPI.items ?? [], mode(downwardAPI.defaultMode), ip);
  if (projected) return projectedPayload(sim, pod, projected.sources ?? [], mode(projected.defaultMode), ip);
  return undefined;
}

/** A ConfigMap, a Secret or a pod's own metadata has changed: volumes of it follow with the next periodic sync. */
export function noteVolumeChange(sim: Sim, change: Change): void {
  const { namespace, name } = change.object.metadata;
  for (const record of allRecords(sim)) {
    if (record.namespace !== namespace || !record.mounted || record.terminating) continue;
    const pod = podOf(sim, record);
    if (!pod || !(pod.spec.volumes ?? []).some((volume) => uses(volume, change.resource, name))) continue;
    const key = `volumes/${record.uid}`;
    if (!sim.kernel.queue.get(KUBELET, key)) sim.kernel.schedule(VOLUME_REFRESH_MS, KUBELET, key);
  }
}

export function usesDownwardApi(pod: Pod): boolean {
  return (pod.spec.volumes ?? []).some(
    (volume: any) => volume.downwardAPI || volume.projected?.sources?.some((source: any) => source.downwardAPI),
  );
}

function uses(volume: any, resource: string, name: string): boolean {
  const sources = [volume, ...(volume.projected?.sources ?? [])];
  if (resource === "configmaps") return sources.some((source) => source.configMap?.name === name);
  return sources.some((source) => source.secret && (source.secret.secretName ?? source.secret.name) === name);
}

/** Brings the volumes that the kubelet writes up to date. What is gone from the API stays as it was. */
export function refreshVolumes(sim: Sim, uid: string): void {
  const record = readRecord(sim, uid);
  const pod = record && podOf(sim, record);
  if (!record || !pod || record.terminating) return;
  for (const volume of pod.spec.volumes ?? []) {
    const old = readVolume(sim, uid, volume.name);
    if (old?.kind !== "tree") continue;
    try {
      const payload = payloadOf(sim, record, pod, volume);
      if (!payload || deepEqual(payloadOfTree(old.tree), textsOf(payload))) continue;
      setUp(sim, record, pod, volume);
    } catch (error) {
      if (!(error instanceof MountError)) throw error;
      podEvent(
        sim,
        pod,
        "Warning",
        "FailedMount",
        `MountVolume.SetUp failed for volume "${volume.name}" : ${error.message}`,
      );
    }
  }
  wakeProbes(sim, uid);
}

function payloadOfTree(tree: Record<string, any>): Record<string, string> {
  const files: Record<string, string> = {};
  for (const [path, node] of Object.entries(tree)) {
    if (node.type === "file") files[path.replace(/^\/\.\.[^/]+\//, "")] = `${node.mode} ${node.content}`;
  }
  return files;
}

/** A token is new at each look; that alone is no reason to write. */
function textsOf(payload: Payload): Record<string, string> {
  return Object.fromEntries(Object.entries(payload).map(([path, { content, mode }]) => [path, `${mode} ${content}`]));
}

export function dropVolumes(sim: Sim, uid: string, pod: Pod | undefined): void {
  if (pod) for (const volume of pod.spec.volumes ?? []) dropVolume(sim, uid, volume.name);
  else dropVolumesOf(sim, uid);
}
