import type { Sim } from "../component";
import { PROVISIONER } from "../controllers/persistent-volume/provisioner";
import { DEFAULT_CLASS } from "../kinds/storage/class-name";

/** The default class, as minikube's add-on `default-storageclass` leaves it: claims that name no class get their volume at once. */
export function bootStorageClass(sim: Sim): void {
  sim.api("kube-apiserver").create("storageclasses.storage.k8s.io", {
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    metadata: {
      name: "standard",
      annotations: { [DEFAULT_CLASS]: "true" },
      labels: { "addonmanager.kubernetes.io/mode": "EnsureExists" },
    },
    provisioner: PROVISIONER,
  });
}
