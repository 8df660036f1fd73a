import type { Area } from "./frame/area";

const claim = (name: string, spec = "") => `apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: ${name}, labels: {app: db}}
spec:
  accessModes: [ReadWriteOnce]
  resources: {requests: {storage: 1Gi}}
${spec}`;
const volume = (name: string, source: string, spec = "") => `---
apiVersion: v1
kind: PersistentVolume
metadata: {name: ${name}}
spec:
  accessModes: [ReadWriteOnce, ReadWriteMany]
  capacity: {storage: 3072Mi}
  ${source}
${spec}`;
const AFFINITY = `  nodeAffinity:
    required:
      nodeSelectorTerms:
      - matchExpressions:
        - {key: kubernetes.io/hostname, operator: In, values: [node-1, node-2]}
        - {key: gpu, operator: Exists}
      - matchFields:
        - {key: metadata.name, operator: In, values: [node-1]}
`;
const VOLUMES = [
  volume("host", "hostPath: {path: /data/host, type: DirectoryOrCreate}", "  storageClassName: slow\n"),
  volume("plain", "hostPath: {path: /data/plain}", "  storageClassName: by-hand\n"),
  volume("local", "local: {path: /mnt/disk}", `  storageClassName: slow\n${AFFINITY}`),
  volume("nfs", "nfs: {server: 10.0.0.1, path: /exports}"),
  volume(
    "csi",
    "csi: {driver: ebs.csi.aws.com, volumeHandle: vol-1, fsType: ext4, volumeAttributes: {zone: a, tier: gold}}",
  ),
  volume("csi-bare", "csi: {driver: ebs.csi.aws.com, volumeHandle: vol-2, readOnly: true}"),
  volume(
    "iscsi",
    'iscsi: {targetPortal: "10.0.0.1:3260", iqn: "iqn.2001-04.com.example:storage", lun: 1, secretRef: {name: chap, namespace: default}, portals: ["10.0.0.2:3260"]}',
  ),
  volume("cephfs", 'cephfs: {monitors: ["10.0.0.1:6789", "10.0.0.2:6789"]}'),
  volume("rbd", 'rbd: {monitors: ["10.0.0.1:6789"], image: disk}'),
  volume("gce", "gcePersistentDisk: {pdName: disk}"),
  volume("azure", "azureFile: {secretName: keys, shareName: share}"),
].join("");
const CLASSES = `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: slow}
provisioner: kubernetes.io/no-provisioner
reclaimPolicy: Retain
volumeBindingMode: WaitForFirstConsumer
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: zoned}
provisioner: ebs.csi.aws.com
allowVolumeExpansion: true
mountOptions: [debug, noatime]
parameters: {type: gp3, encrypted: "true"}
allowedTopologies:
- matchLabelExpressions:
  - {key: topology.kubernetes.io/zone, values: [a, b]}
  - {key: rack, values: [one]}
`;
const POD = `apiVersion: v1
kind: Pod
metadata: {name: user}
spec:
  containers:
  - name: main
    image: nginx
    volumeMounts: [{name: data, mountPath: /data}]
  volumes:
  - name: data
    persistentVolumeClaim: {claimName: db}
`;

export const storage: Area = {
  name: "storage",
  files: {
    "classes.yaml": CLASSES,
    "volumes.yaml": VOLUMES,
    "db.yaml": claim("db"),
    "late.yaml": claim("late", "  storageClassName: slow\n"),
    "by-hand.yaml": claim("by-hand", "  storageClassName: by-hand\n"),
    "nowhere.yaml": claim("nowhere", "  storageClassName: nowhere\n"),
    "user.yaml": POD,
  },
  setup: [],
  lines: [
    "kubectl get storageclass",
    "kubectl get sc standard -o yaml",
    "kubectl describe sc",
    "kubectl create -f classes.yaml",
    "kubectl get sc -o wide",
    "kubectl describe sc slow zoned",
    "kubectl describe storageclasses.storage.k8s.io/standard --show-events=false",
    "kubectl create -f volumes.yaml",
    "kubectl create -f db.yaml",
    "kubectl create -f late.yaml",
    "kubectl create -f by-hand.yaml",
    "kubectl create -f nowhere.yaml",
    "kubectl create -f user.yaml",
    "kubectl wait --for=condition=Ready pod/user --timeout=60s",
    "kubectl get pvc",
    "kubectl get pv",
    "kubectl get pv,pvc -o wide",
    "kubectl describe pvc",
    "kubectl describe pvc db late",
    "kubectl describe pvc nowhere",
    "kubectl describe pv",
    "kubectl describe pv local",
    "kubectl describe pv csi csi-bare",
    "kubectl describe pv missing",
    "kubectl describe pod user",
    "kubectl delete pvc db --wait=false",
    "kubectl describe pvc db",
    "kubectl get pvc db",
    "kubectl delete pod user",
    "kubectl get pvc",
    "kubectl get pv",
  ],
};
