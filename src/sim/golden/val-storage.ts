import { callsSuite } from "./suite";
import { kindAsks } from "./validation";

export const storageSuite = callsSuite(
  "val-storage.jsonl.gz",
  { ...kindAsks("storage.k8s.io", ["StorageClass", "VolumeAttachment", "CSINode", "CSIDriver", "CSIStorageCapacity"]) },
  { open: 157 },
);
