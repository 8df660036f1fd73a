import { encodeBytes } from "@/posix/files/bytes";
import type { Sim } from "../component";
import { encodeBase64 } from "../network/pki/base64";
import { clusterPki } from "../network/pki/cluster-pki";
import { nodeAddress } from "./addresses";

/** What kubeadm leaves behind for those who join or look: `kube-public/cluster-info` and its own configuration. */
export function bootClusterInfo(sim: Sim): void {
  const { nodes, podCidr, serviceCidr, version } = sim.options;
  const first = nodes.findIndex((node) => node.role === "control-plane");
  const server = `https://${nodeAddress(Math.max(0, first))}:8443`;
  const api = sim.api("kubeadm");
  api.create("configmaps", {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "cluster-info", namespace: "kube-public" },
    data: {
      kubeconfig: `apiVersion: v1\nclusters:\n- cluster:\n    certificate-authority-data: ${encodeBase64(encodeBytes(clusterPki().caCertificatePem))}\n    server: ${server}\n  name: ""\ncontexts: null\ncurrent-context: ""\nkind: Config\npreferences: {}\nusers: null\n`,
    },
  });
  api.create("configmaps", {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "kubeadm-config", namespace: "kube-system" },
    data: {
      ClusterConfiguration: `apiVersion: kubeadm.k8s.io/v1beta4\nclusterName: mk\ncontrolPlaneEndpoint: control-plane.minikube.internal:8443\ndns: {}\netcd:\n  local:\n    dataDir: /var/lib/minikube/etcd\nimageRepository: registry.k8s.io\nkind: ClusterConfiguration\nkubernetesVersion: v${version}\nnetworking:\n  dnsDomain: cluster.local\n  podSubnet: ${podCidr}\n  serviceSubnet: ${serviceCidr}\n`,
    },
  });
}
