export { csiDriver } from "./csi-driver";
export { csiNode } from "./csi-node";
export { csiStorageCapacity } from "./csi-storage-capacity";
export { storageClass } from "./storage-class";
export { volumeAttachment } from "./volume-attachment";
