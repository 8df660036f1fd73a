import type { Sim } from "../component";
import { renewNodeLease } from "../heartbeats/write";
import { formatQuantity, parseQuantity, quantityOf, quantityValue } from "../kinds/quantity";
import { keepImage } from "../kubelet/image-pull";
import type { NodeOptions } from "../options";
import type { KubeObject } from "../types";
import { nodeAddress, nodePodCidr } from "./addresses";
import { NODE_CONDITIONS, reportedImages } from "./node-report";
import { systemImages } from "./release";

export const CONTROL_PLANE_LABEL = "node-role.kubernetes.io/control-plane";

const DISK_KI = 61_255_492;
/** kubelet's default hard eviction threshold: what it keeps from pods. */
const EVICTION_MEMORY_BYTES = 100 * 1024 * 1024;
const PODS_LIMIT = 110;

/** Creates the nodes with the status that their kubelets post when they join, and the events of joining. */
export function bootNodes(sim: Sim): void {
  const { options } = sim;
  const api = sim.api("kubelet");
  const images = Object.values(systemImages(options.version));
  options.nodes.forEach((node, index) => {
    // The machines are made from a disk on which the system's images lie already.
    for (const image of images) keepImage(sim, node.name, image);
    api.create("nodes", nodeObject(sim, node, index));
    const created = sim.store.get("nodes", undefined, node.name)!;
    api.updateStatus("nodes", { ...created, status: nodeStatus(sim, node, index) });
    renewNodeLease(sim, node.name);
    joiningEvents(sim, sim.store.get("nodes", undefined, node.name)!);
  });
}

function nodeObject(sim: Sim, node: NodeOptions, index: number) {
  const podCidr = nodePodCidr(sim.options.podCidr, index);
  const controlPlane = node.role === "control-plane";
  const taints = [
    ...(controlPlane ? [{ key: CONTROL_PLANE_LABEL, effect: "NoSchedule" }] : []),
    ...(node.taints ?? []),
  ];
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name: node.name,
      annotations: {
        "kubeadm.alpha.kubernetes.io/cri-socket": "unix:///run/containerd/containerd.sock",
        "node.alpha.kubernetes.io/ttl": "0",
        "volumes.kubernetes.io/controller-managed-attach-detach": "true",
      },
      labels: {
        "beta.kubernetes.io/arch": "amd64",
        "beta.kubernetes.io/os": "linux",
        "kubernetes.io/arch": "amd64",
        "kubernetes.io/hostname": node.name,
        "kubernetes.io/os": "linux",
        ...(controlPlane && {
          [CONTROL_PLANE_LABEL]: "",
          "node.kubernetes.io/exclude-from-external-load-balancers": "",
        }),
        ...node.labels,
      },
    },
    spec: { podCIDR: podCidr, podCIDRs: [podCidr], ...(taints.length > 0 && { taints }) },
  };
}

function nodeStatus(sim: Sim, node: NodeOptions, index: number) {
  const now = sim.kernel.now();
  const memoryBytes = quantityValue(parseQuantity(node.memory));
  const kibibytes = (bytes: number) => `${Math.floor(bytes / 1024)}Ki`;
  const common = {
    cpu: formatQuantity(parseQuantity(node.cpu)),
    "hugepages-1Gi": "0",
    "hugepages-2Mi": "0",
    pods: String(PODS_LIMIT),
  };
  return {
    addresses: [
      { address: nodeAddress(index), type: "InternalIP" },
      { address: node.name, type: "Hostname" },
    ],
    allocatable: {
      ...common,
      // The kubelet keeps a tenth of the disk back and says what is left in bytes.
      "ephemeral-storage": formatQuantity(quantityOf(Math.floor(DISK_KI * 1024 * 0.9))),
      memory: kibibytes(memoryBytes - EVICTION_MEMORY_BYTES),
    },
    capacity: { ...common, "ephemeral-storage": `${DISK_KI}Ki`, memory: kibibytes(memoryBytes) },
    conditions: NODE_CONDITIONS.map((condition) => ({ ...condition, lastHeartbeatTime: now, lastTransitionTime: now })),
    daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
    images: reportedImages(sim, node.name),
    nodeInfo: {
      architecture: "amd64",
      bootID: sim.kernel.uuid(),
      containerRuntimeVersion: "containerd://1.7.27",
      kernelVersion: "6.1.0-37-amd64",
      kubeProxyVersion: "",
      kubeletVersion: `v${sim.options.version}`,
      machineID: sim.kernel.uuid().replaceAll("-", ""),
      operatingSystem: "linux",
      osImage: "Debian GNU/Linux 12 (bookworm)",
      systemUUID: sim.kernel.uuid(),
    },
  };
}

function joiningEvents(sim: Sim, node: KubeObject): void {
  const { name } = node.metadata;
  const kubelet = { component: "kubelet", host: name };
  // Node events name the node where other events carry a uid: so does the kubelet.
  const about = { ...node, metadata: { ...node.metadata, uid: name } };
  sim.recorder.event(about, "Normal", "Starting", "Starting kubelet.", kubelet);
  sim.recorder.event(
    about,
    "Normal",
    "NodeHasSufficientMemory",
    `Node ${name} status is now: NodeHasSufficientMemory`,
    kubelet,
  );
  sim.recorder.event(
    about,
    "Normal",
    "NodeHasNoDiskPressure",
    `Node ${name} status is now: NodeHasNoDiskPressure`,
    kubelet,
  );
  sim.recorder.event(
    about,
    "Normal",
    "NodeHasSufficientPID",
    `Node ${name} status is now: NodeHasSufficientPID`,
    kubelet,
  );
  sim.recorder.event(about, "Normal", "NodeAllocatableEnforced", "Updated Node Allocatable limit across pods", kubelet);
  sim.recorder.event(node, "Normal", "RegisteredNode", `Node ${name} event: Registered Node ${name} in Controller`, {
    component: "node-controller",
  });
  sim.recorder.event(about, "Normal", "Starting", "", { component: "kube-proxy", host: name });
  sim.recorder.event(about, "Normal", "NodeReady", `Node ${name} status is now: NodeReady`, kubelet);
}
