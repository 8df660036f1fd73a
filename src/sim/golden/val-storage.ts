import { validateStorageClassUpdate } from "../kinds/storage/storage-class";
import { validateNewAttachment } from "../kinds/storage/volume-attachment";
import { asObject } from "./manifest";
import { callsSuite } from "./suite";
import { compareErrors, kindAsks, updateOf } from "./validation";

export const storageSuite = callsSuite("val-storage.jsonl.gz", {
  ...kindAsks("storage.k8s.io", ["StorageClass", "VolumeAttachment", "CSINode", "CSIDriver", "CSIStorageCapacity"]),
  ValidateStorageClassUpdate: updateOf(validateStorageClassUpdate),
  ValidateVolumeAttachmentV1: ({ in: [attachment], out }) =>
    compareErrors(validateNewAttachment(asObject(attachment)), out[0]),
});
