import type { Sim } from "../component";
import { addressIn } from "./addresses";
import { systemImages } from "./release";

/** What runs on every node beside the kubelet. */
interface NodeDaemon {
  name: string;
  labels: Record<string, string>;
  image: string;
  command: string[];
  requests?: Record<string, string>;
  limits?: Record<string, string>;
  securityContext: Record<string, unknown>;
}

function nodeDaemons(version: string): NodeDaemon[] {
  const images = systemImages(version);
  return [
    {
      name: "kindnet",
      labels: { app: "kindnet", "k8s-app": "kindnet", tier: "node" },
      image: images.kindnet,
      command: [],
      requests: { cpu: "100m", memory: "50Mi" },
      limits: { cpu: "100m", memory: "50Mi" },
      securityContext: { capabilities: { add: ["NET_RAW", "NET_ADMIN"] }, privileged: false },
    },
    {
      name: "kube-proxy",
      labels: { "k8s-app": "kube-proxy" },
      image: images.proxy,
      command: [
        "/usr/local/bin/kube-proxy",
        "--config=/var/lib/kube-proxy/config.conf",
        "--hostname-override=$(NODE_NAME)",
      ],
      securityContext: { privileged: true },
    },
  ];
}

/** The DaemonSets that kubeadm and the network plug-in install. */
export function bootNodeDaemons(sim: Sim): void {
  const api = sim.api("kubeadm");
  api.create("configmaps", {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "kube-proxy", namespace: "kube-system", labels: { app: "kube-proxy" } },
    data: {
      "config.conf": `apiVersion: kubeproxy.config.k8s.io/v1alpha1\nbindAddress: 0.0.0.0\nclusterCIDR: ${sim.options.podCidr}\nkind: KubeProxyConfiguration\nmode: ""\n`,
    },
  });
  for (const daemon of nodeDaemons(sim.options.version)) {
    api.create("serviceaccounts", {
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: { name: daemon.name, namespace: "kube-system" },
    });
    api.create("daemonsets.apps", {
      apiVersion: "apps/v1",
      kind: "DaemonSet",
      metadata: { name: daemon.name, namespace: "kube-system", labels: daemon.labels },
      spec: {
        selector: { matchLabels: { "k8s-app": daemon.name } },
        template: { metadata: { labels: daemon.labels }, spec: podSpec(sim, daemon) },
      },
    });
  }
}

function podSpec(sim: Sim, daemon: NodeDaemon) {
  const { requests, limits } = daemon;
  return {
    containers: [
      {
        name: daemon.name === "kindnet" ? "kindnet-cni" : daemon.name,
        image: daemon.image,
        imagePullPolicy: "IfNotPresent",
        ...(daemon.command.length > 0 && { command: daemon.command }),
        env: [
          { name: "NODE_NAME", valueFrom: { fieldRef: { apiVersion: "v1", fieldPath: "spec.nodeName" } } },
          ...(daemon.name === "kindnet"
            ? [{ name: "POD_SUBNET", value: `${addressIn(sim.options.podCidr, 0)}/16` }]
            : []),
        ],
        resources: { ...(requests && { requests }), ...(limits && { limits }) },
        securityContext: daemon.securityContext,
      },
    ],
    hostNetwork: true,
    ...(daemon.name === "kube-proxy" && {
      nodeSelector: { "kubernetes.io/os": "linux" },
      priorityClassName: "system-node-critical",
    }),
    serviceAccountName: daemon.name,
    tolerations: [{ operator: "Exists" }],
  };
}
