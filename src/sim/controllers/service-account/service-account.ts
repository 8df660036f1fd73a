import type { Sim } from "../../component";
import { clone, deepEqual } from "../../kernel/freeze";
import { clusterPki } from "../../network/pki/cluster-pki";
import type { Controller } from "../controller";

const isActive = (sim: Sim, namespace: string): boolean => {
  const object = sim.store.get("namespaces", undefined, namespace);
  return object !== undefined && !object.metadata.deletionTimestamp;
};

/** Every namespace has a ServiceAccount `default`. */
export const serviceAccountController: Controller = {
  name: "service-account-controller",
  *keysFor({ type, resource, object }) {
    if (resource === "namespaces" && type !== "DELETED") yield object.metadata.name;
    else if (resource === "serviceaccounts" && type === "DELETED" && object.metadata.name === "default")
      yield object.metadata.namespace!;
  },
  sync(sim, namespace) {
    if (!isActive(sim, namespace) || sim.store.get("serviceaccounts", namespace, "default")) return;
    sim.api("service-account-controller").create("serviceaccounts", {
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: { name: "default", namespace },
    });
  },
};

const ROOT_CA = "kube-root-ca.crt";
const DESCRIPTION =
  "Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.";

/** Every namespace has the ConfigMap with the certificate by which its pods know the API server. */
export const rootCaPublisher: Controller = {
  name: "root-ca-certificate-publisher",
  *keysFor({ type, resource, object }) {
    if (resource === "namespaces" && type !== "DELETED") yield object.metadata.name;
    else if (resource === "configmaps" && type !== "ADDED" && object.metadata.name === ROOT_CA)
      yield object.metadata.namespace!;
  },
  sync(sim, namespace) {
    if (!isActive(sim, namespace)) return;
    const api = sim.api("root-ca-certificate-publisher");
    const data = { "ca.crt": clusterPki().caCertificatePem };
    const annotations = { "kubernetes.io/description": DESCRIPTION };
    const current = sim.store.get("configmaps", namespace, ROOT_CA);
    if (!current) {
      api.create("configmaps", {
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata: { name: ROOT_CA, namespace, annotations },
        data,
      });
    } else if (!deepEqual(current.data, data)) {
      const draft = clone(current);
      draft.data = data;
      (draft.metadata as any).annotations = { ...draft.metadata.annotations, ...annotations };
      api.update("configmaps", draft);
    }
  },
};
