import { isDefaultClass, saysClass } from "../../kinds/storage/class-name";
import type { AdmissionPlugin, AdmissionRequest } from "./admission";

const isNew = ({ kind, subresource, verb }: AdmissionRequest, name: string) =>
  kind.group === "" && kind.kind === name && subresource === "" && verb === "create";

/** Gives a claim that says nothing of its class the default one; of several, the newest. */
export const defaultStorageClass: AdmissionPlugin = {
  name: "DefaultStorageClass",
  mutate(request) {
    const { draft, sim } = request;
    if (!isNew(request, "PersistentVolumeClaim") || saysClass(draft)) return;
    const [first] = sim.store
      .list("storageclasses.storage.k8s.io")
      .filter(isDefaultClass)
      .sort((one, two) => (String(one.metadata.creationTimestamp) < String(two.metadata.creationTimestamp) ? 1 : -1));
    if (first) draft.spec = { ...draft.spec, storageClassName: first.metadata.name };
  },
};

/** Claims and volumes are not gone before nobody uses them (kubernetes.io/docs/concepts/storage/persistent-volumes/#storage-object-in-use-protection). */
export const PROTECTION: Readonly<Record<string, string>> = {
  PersistentVolumeClaim: "kubernetes.io/pvc-protection",
  PersistentVolume: "kubernetes.io/pv-protection",
};

export const storageObjectInUseProtection: AdmissionPlugin = {
  name: "StorageObjectInUseProtection",
  mutate(request) {
    const finalizer = PROTECTION[request.kind.kind];
    if (!finalizer || !isNew(request, request.kind.kind)) return;
    const { metadata } = request.draft;
    const finalizers = metadata.finalizers ?? [];
    if (!finalizers.includes(finalizer)) (metadata as any).finalizers = [...finalizers, finalizer];
  },
};
