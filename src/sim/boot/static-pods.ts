import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Sim } from "../component";
import type { ClusterOptions } from "../options";
import { nodeAddress } from "./addresses";
import { systemImages } from "./release";
import { createSystemPod } from "./system-pods";

interface StaticPod {
  name: string;
  image: string;
  cpu: string;
  memory?: string;
  arguments: string[];
  /** Directories of the host, by volume name. */
  mounts: Record<string, string>;
}

/** The control plane as kubeadm's manifests start it. */
function controlPlane(options: ClusterOptions, node: string, address: string): StaticPod[] {
  const images = systemImages(options.version);
  const pki = "/var/lib/minikube/certs";
  return [
    {
      name: "etcd",
      image: images.etcd,
      cpu: "100m",
      memory: "100Mi",
      arguments: [
        `--advertise-client-urls=https://${address}:2379`,
        `--cert-file=${pki}/etcd/server.crt`,
        "--client-cert-auth=true",
        "--data-dir=/var/lib/minikube/etcd",
        `--initial-cluster=${node}=https://${address}:2380`,
        `--listen-client-urls=https://127.0.0.1:2379,https://${address}:2379`,
        `--name=${node}`,
        `--trusted-ca-file=${pki}/etcd/ca.crt`,
      ],
      mounts: { "etcd-certs": `${pki}/etcd`, "etcd-data": "/var/lib/minikube/etcd" },
    },
    {
      name: "kube-apiserver",
      image: images.apiserver,
      cpu: "250m",
      arguments: [
        `--advertise-address=${address}`,
        "--authorization-mode=Node,RBAC",
        `--client-ca-file=${pki}/ca.crt`,
        "--enable-admission-plugins=NamespaceLifecycle,LimitRanger,ServiceAccount,DefaultStorageClass,DefaultTolerationSeconds,NodeRestriction,MutatingAdmissionWebhook,ValidatingAdmissionWebhook,ResourceQuota",
        "--etcd-servers=https://127.0.0.1:2379",
        "--secure-port=8443",
        `--service-cluster-ip-range=${options.serviceCidr}`,
      ],
      mounts: { "ca-certs": "/etc/ssl/certs", "k8s-certs": pki },
    },
    {
      name: "kube-controller-manager",
      image: images.controllerManager,
      cpu: "200m",
      arguments: [
        "--allocate-node-cidrs=true",
        `--cluster-cidr=${options.podCidr}`,
        `--cluster-signing-cert-file=${pki}/ca.crt`,
        "--controllers=*,bootstrapsigner,tokencleaner",
        "--kubeconfig=/etc/kubernetes/controller-manager.conf",
        "--leader-elect=false",
        `--service-cluster-ip-range=${options.serviceCidr}`,
        "--use-service-account-credentials=true",
      ],
      mounts: { "k8s-certs": pki, kubeconfig: "/etc/kubernetes/controller-manager.conf" },
    },
    {
      name: "kube-scheduler",
      image: images.scheduler,
      cpu: "100m",
      arguments: [
        "--authentication-kubeconfig=/etc/kubernetes/scheduler.conf",
        "--kubeconfig=/etc/kubernetes/scheduler.conf",
        "--leader-elect=false",
      ],
      mounts: { kubeconfig: "/etc/kubernetes/scheduler.conf" },
    },
  ];
}

/** The mirror pods of a control-plane node's manifests. */
export function bootStaticPods(sim: Sim): void {
  sim.options.nodes.forEach((node, index) => {
    if (node.role !== "control-plane") return;
    for (const pod of controlPlane(sim.options, node.name, nodeAddress(index))) createMirrorPod(sim, node.name, pod);
  });
}

function createMirrorPod(sim: Sim, nodeName: string, pod: StaticPod): void {
  const node = sim.store.get("nodes", undefined, nodeName)!;
  const hash = bytesToHex(sha256(utf8ToBytes(JSON.stringify(pod)))).slice(0, 32);
  const seen = sim.kernel.now();
  const directories = Object.entries(pod.mounts);
  createSystemPod(sim, "kubelet", {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name: `${pod.name}-${nodeName}`,
      namespace: "kube-system",
      annotations: {
        "kubernetes.io/config.hash": hash,
        "kubernetes.io/config.mirror": hash,
        "kubernetes.io/config.seen": seen,
        "kubernetes.io/config.source": "file",
      },
      labels: { component: pod.name, tier: "control-plane" },
      ownerReferences: [{ apiVersion: "v1", controller: true, kind: "Node", name: nodeName, uid: node.metadata.uid }],
    },
    spec: {
      containers: [
        {
          name: pod.name,
          image: pod.image,
          imagePullPolicy: "IfNotPresent",
          command: [pod.name, ...pod.arguments],
          resources: { requests: { cpu: pod.cpu, ...(pod.memory && { memory: pod.memory }) } },
          volumeMounts: directories.map(([name, mountPath]) => ({
            mountPath,
            name,
            ...(name !== "etcd-data" && { readOnly: true }),
          })),
        },
      ],
      hostNetwork: true,
      nodeName,
      priorityClassName: "system-node-critical",
      securityContext: { seccompProfile: { type: "RuntimeDefault" } },
      tolerations: [{ effect: "NoExecute", operator: "Exists" }],
      volumes: directories.map(([name, path]) => ({
        name,
        hostPath: { path, type: path.endsWith(".conf") ? "FileOrCreate" : "DirectoryOrCreate" },
      })),
    },
  });
}
