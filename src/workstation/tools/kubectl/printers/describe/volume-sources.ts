import type { Writer } from "./writer";

/** How a field of a volume's source is written: its label, its name, and what stands where it is not set. */
type Field = readonly [label: string, field: string, unset?: string];

const FS: Field = ["FSType:", "fsType"];
const READ_ONLY: Field = ["ReadOnly:", "readOnly", "false"];
const SECRET: Field = ["SecretRef:", "secretRef", "nil"];
const PARTITION: Field = ["Partition:", "partition", "0"];
const CEPH = "(a CephFS mount on the host that shares a pod's lifetime)";
const ISCSI = "(an ISCSI Disk resource that is attached to a kubelet's host machine and then exposed to the pod)";

/** The sources of PersistentVolumes, in the words of kubectl's describer. */
const SOURCES: Readonly<Record<string, { type: string; fields: readonly Field[] }>> = {
  hostPath: {
    type: "HostPath (bare host directory volume)",
    fields: [
      ["Path:", "path"],
      ["HostPathType:", "type", "<none>"],
    ],
  },
  gcePersistentDisk: {
    type: "GCEPersistentDisk (a Persistent Disk resource in Google Compute Engine)",
    fields: [["PDName:", "pdName"], FS, PARTITION, READ_ONLY],
  },
  awsElasticBlockStore: {
    type: "AWSElasticBlockStore (a Persistent Disk resource in AWS)",
    fields: [["VolumeID:", "volumeID"], FS, PARTITION, READ_ONLY],
  },
  nfs: {
    type: "NFS (an NFS mount that lasts the lifetime of a pod)",
    fields: [["Server:", "server"], ["Path:", "path"], READ_ONLY],
  },
  iscsi: {
    type: `ISCSI ${ISCSI}`,
    fields: [
      ["TargetPortal:", "targetPortal"],
      ["IQN:", "iqn"],
      ["Lun:", "lun", "0"],
      ["ISCSIInterface", "iscsiInterface"],
      FS,
      READ_ONLY,
      ["Portals:", "portals", "[]"],
      ["DiscoveryCHAPAuth:", "chapAuthDiscovery", "false"],
      ["SessionCHAPAuth:", "chapAuthSession", "false"],
      SECRET,
      ["InitiatorName:", "initiatorName", "<none>"],
    ],
  },
  rbd: {
    type: "RBD (a Rados Block Device mount on the host that shares a pod's lifetime)",
    fields: [
      ["CephMonitors:", "monitors"],
      ["RBDImage:", "image"],
      FS,
      ["RBDPool:", "pool"],
      ["RadosUser:", "user"],
      ["Keyring:", "keyring"],
      SECRET,
      READ_ONLY,
    ],
  },
  vsphereVolume: {
    type: "vSphereVolume (a Persistent Disk resource in vSphere)",
    fields: [["VolumePath:", "volumePath"], FS, ["StoragePolicyName:", "storagePolicyName"]],
  },
  cinder: {
    type: "Cinder (a Persistent Disk resource in OpenStack)",
    fields: [["VolumeID:", "volumeID"], FS, READ_ONLY, SECRET],
  },
  azureDisk: {
    type: "AzureDisk (an Azure Data Disk mount on the host and bind mount to the pod)",
    fields: [
      ["DiskName:", "diskName"],
      ["DiskURI:", "diskURI"],
      ["Kind: ", "kind"],
      FS,
      ["CachingMode:", "cachingMode"],
      READ_ONLY,
    ],
  },
  local: {
    type: "LocalVolume (a persistent volume backed by local storage on a node)",
    fields: [["Path:", "path"]],
  },
  cephfs: {
    type: `CephFS ${CEPH}`,
    fields: [
      ["Monitors:", "monitors"],
      ["Path:", "path"],
      ["User:", "user"],
      ["SecretFile:", "secretFile"],
      SECRET,
      READ_ONLY,
    ],
  },
  azureFile: {
    type: "AzureFile (an Azure File Service mount on the host and bind mount to the pod)",
    fields: [
      ["SecretName:", "secretName"],
      ["SecretNamespace:", "secretNamespace"],
      ["ShareName:", "shareName"],
      READ_ONLY,
    ],
  },
  csi: {
    type: "CSI (a Container Storage Interface (CSI) volume source)",
    fields: [["Driver:", "driver"], FS, ["VolumeHandle:", "volumeHandle"], READ_ONLY],
  },
};

/** As Go's `%v` writes it: lists in brackets, references to secrets with their fields. */
function goText(value: unknown, unset: string): string {
  if (value === undefined) return unset;
  if (Array.isArray(value)) return `[${value.join(" ")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  const { name = "", namespace = "" } = value as { name?: string; namespace?: string };
  return `&SecretReference{Name:${name},Namespace:${namespace},}`;
}

const ATTRIBUTE_WIDTH = 140;

/** The source of a PersistentVolume, below `Source:`. */
export function sourceLines(w: Writer, spec: any): void {
  const found = Object.entries(SOURCES).find(([field]) => spec[field]);
  if (!found) {
    w.write(1, "<unknown>\n");
    return;
  }
  const [field, { type, fields }] = found;
  w.write(2, `Type:\t${type}\n`);
  for (const [label, name, unset = ""] of fields) w.write(2, `${label}\t${goText(spec[field][name], unset)}\n`);
  if (field === "csi") attributeLines(w, spec.csi.volumeAttributes ?? {});
}

function attributeLines(w: Writer, attributes: Record<string, string>): void {
  const lines = Object.keys(attributes)
    .sort()
    .map((key) => `${key}=${attributes[key]}`)
    .map((line) => (line.length > ATTRIBUTE_WIDTH ? `${line.slice(0, ATTRIBUTE_WIDTH)}...` : line));
  w.write(2, "VolumeAttributes:\t");
  if (lines.length === 0) w.line("<none>");
  for (const [index, line] of lines.entries()) {
    // Every piece of a line is indented anew upstream.
    if (index > 0) w.write(2, "    \t");
    w.write(2, `${line}\n`);
  }
}
