import type { Sim } from "../../component";
import type { KubeObject } from "../../types";

/** The provisioner that the cluster comes with, as minikube's: directories under one path. */
export const PROVISIONER = "k8s.io/minikube-hostpath";
const CONTROLLER = "persistentvolume-controller";
export const PROVISIONED_BY = "pv.kubernetes.io/provisioned-by";

/** Asks for a volume of a class. The cluster's own provisioner makes it at once; nobody answers for others. */
export function provision(sim: Sim, claim: KubeObject, storageClass: KubeObject): void {
  const { provisioner } = storageClass;
  const { name, namespace, uid, resourceVersion } = claim.metadata;
  sim.recorder.event(
    claim,
    "Normal",
    "ExternalProvisioning",
    `Waiting for a volume to be created either by the external provisioner '${provisioner}' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.`,
    { component: CONTROLLER },
  );
  if (provisioner !== PROVISIONER) return;
  const source = { component: PROVISIONER };
  const about = `"${namespace}/${name}"`;
  const text = `External provisioner is provisioning volume for claim ${about}`;
  sim.recorder.event(claim, "Normal", "Provisioning", text, source);
  const volume = `pvc-${uid}`;
  if (!sim.store.get("persistentvolumes", undefined, volume)) {
    sim.api(CONTROLLER).create("persistentvolumes", {
      apiVersion: "v1",
      kind: "PersistentVolume",
      metadata: { name: volume, annotations: { [PROVISIONED_BY]: provisioner } },
      spec: {
        accessModes: claim.spec.accessModes,
        capacity: { storage: claim.spec.resources.requests.storage },
        claimRef: { kind: "PersistentVolumeClaim", namespace, name, uid, apiVersion: "v1", resourceVersion },
        hostPath: { path: `/tmp/hostpath-provisioner/${namespace}/${name}`, type: "" },
        persistentVolumeReclaimPolicy: storageClass.reclaimPolicy,
        storageClassName: storageClass.metadata.name,
        volumeMode: claim.spec.volumeMode,
        ...(storageClass.mountOptions && { mountOptions: storageClass.mountOptions }),
      },
    });
  }
  sim.recorder.event(claim, "Normal", "ProvisioningSucceeded", `Successfully provisioned volume ${volume}`, source);
}
