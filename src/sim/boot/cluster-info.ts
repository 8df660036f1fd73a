import type { Sim } from "../component";
import { nodeAddress } from "./addresses";
import { CLUSTER_CA_PEM } from "./root-ca";

const base64 = (text: string) => {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  let encoded = "";
  for (let index = 0; index < text.length; index += 3) {
    const [a, b, c] = [text.charCodeAt(index), text.charCodeAt(index + 1), text.charCodeAt(index + 2)];
    encoded += alphabet[a! >> 2]! + alphabet[((a! & 3) << 4) | ((b || 0) >> 4)]!;
    encoded += Number.isNaN(b) ? "=" : alphabet[((b! & 15) << 2) | ((c || 0) >> 6)]!;
    encoded += Number.isNaN(c) ? "=" : alphabet[c! & 63]!;
  }
  return encoded;
};

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
      kubeconfig: `apiVersion: v1\nclusters:\n- cluster:\n    certificate-authority-data: ${base64(CLUSTER_CA_PEM)}\n    server: ${server}\n  name: ""\ncontexts: null\ncurrent-context: ""\nkind: Config\npreferences: {}\nusers: null\n`,
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
