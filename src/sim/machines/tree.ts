import { encodeBytes } from "@/posix/files/bytes";
import { type FileEntry, type FileTree, fileTree } from "@/posix/files/tree";
import { addressIn, dnsServiceAddress, nodeAddress } from "../boot/addresses";
import { clusterPki } from "../network/pki";
import { encodeBase64 } from "../network/pki/base64";
import type { ClusterOptions } from "../options";
import { controlPlanePki, type Issued, issue } from "./certificates";
import { API_PORT, controlPlaneManifests, ETCD_DATA, PKI } from "./control-plane-manifests";

const base64 = (text: string) => encodeBase64(encodeBytes(text));

/** Where the nodes of a cluster find its API server: the first machine of the control plane. */
export function apiServerUrl(options: ClusterOptions): string {
  const first = options.nodes.findIndex(({ role }) => role === "control-plane");
  return `https://${nodeAddress(Math.max(0, first))}:${API_PORT}`;
}

function kubeconfig(server: string, user: string, credentials: string): string {
  return `apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: ${base64(clusterPki().caCertificatePem)}
    server: ${server}
  name: kubernetes
contexts:
- context:
    cluster: kubernetes
    user: ${user}
  name: ${user}@kubernetes
current-context: ${user}@kubernetes
kind: Config
preferences: {}
users:
- name: ${user}
  user:
${credentials}`;
}

const embedded = ({ certificatePem, privateKeyPem }: Issued) =>
  `    client-certificate-data: ${base64(certificatePem)}\n    client-key-data: ${base64(privateKeyPem)}\n`;

/** The kubelet's configuration as kubeadm of 1.33 writes it. */
const kubeletConfig = (options: ClusterOptions) => `apiVersion: kubelet.config.k8s.io/v1beta1
authentication:
  anonymous:
    enabled: false
  webhook:
    cacheTTL: 0s
    enabled: true
  x509:
    clientCAFile: ${PKI}/ca.crt
authorization:
  mode: Webhook
  webhook:
    cacheAuthorizedTTL: 0s
    cacheUnauthorizedTTL: 0s
cgroupDriver: systemd
clusterDNS:
- ${dnsServiceAddress(options.serviceCidr)}
clusterDomain: cluster.local
containerRuntimeEndpoint: unix:///var/run/containerd/containerd.sock
cpuManagerReconcilePeriod: 0s
crashLoopBackOff: {}
evictionPressureTransitionPeriod: 0s
fileCheckFrequency: 0s
healthzBindAddress: 127.0.0.1
healthzPort: 10248
httpCheckFrequency: 0s
imageMaximumGCAge: 0s
imageMinimumGCAge: 0s
kind: KubeletConfiguration
logging:
  flushFrequency: 0
  options:
    json:
      infoBufferSize: "0"
    text:
      infoBufferSize: "0"
  verbosity: 0
memorySwap: {}
nodeStatusReportFrequency: 0s
nodeStatusUpdateFrequency: 0s
rotateCertificates: true
runtimeRequestTimeout: 0s
shutdownGracePeriod: 0s
shutdownGracePeriodCriticalPods: 0s
staticPodPath: /etc/kubernetes/manifests
streamingConnectionIdleTimeout: 0s
syncFrequency: 0s
volumeStatsAggPeriod: 0s
`;

export const KUBELET_UNIT = "/usr/lib/systemd/system/kubelet.service";
export const KUBELET_DROP_IN = "/usr/lib/systemd/system/kubelet.service.d/10-kubeadm.conf";
export const CONTAINERD_UNIT = "/usr/lib/systemd/system/containerd.service";

const KUBELET_UNIT_TEXT = `[Unit]
Description=kubelet: The Kubernetes Node Agent
Documentation=https://kubernetes.io/docs/
Wants=network-online.target
After=network-online.target

[Service]
ExecStart=/usr/bin/kubelet
Restart=always
StartLimitInterval=0
RestartSec=10

[Install]
WantedBy=multi-user.target
`;

const KUBELET_DROP_IN_TEXT = `# Note: This dropin only works with kubeadm and kubelet v1.11+
[Service]
Environment="KUBELET_KUBECONFIG_ARGS=--bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf --kubeconfig=/etc/kubernetes/kubelet.conf"
Environment="KUBELET_CONFIG_ARGS=--config=/var/lib/kubelet/config.yaml"
# This is a file that "kubeadm init" and "kubeadm join" generates at runtime, populating the KUBELET_KUBEADM_ARGS variable dynamically
EnvironmentFile=-/var/lib/kubelet/kubeadm-flags.env
# This is a file that the user can use for overrides of the kubelet args as a last resort. Preferably, the user should use
# the .NodeRegistration.KubeletExtraArgs object in the configuration files instead. KUBELET_EXTRA_ARGS should be sourced from this file.
EnvironmentFile=-/etc/default/kubelet
ExecStart=
ExecStart=/usr/bin/kubelet $KUBELET_KUBECONFIG_ARGS $KUBELET_CONFIG_ARGS $KUBELET_KUBEADM_ARGS $KUBELET_EXTRA_ARGS
`;

const CONTAINERD_UNIT_TEXT = `[Unit]
Description=containerd container runtime
Documentation=https://containerd.io
After=network.target local-fs.target

[Service]
ExecStartPre=-/sbin/modprobe overlay
ExecStart=/usr/bin/containerd
Type=notify
Delegate=yes
KillMode=process
Restart=always
RestartSec=5
LimitNPROC=infinity
LimitCORE=infinity

[Install]
WantedBy=multi-user.target
`;

const OS_RELEASE =
  'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nVERSION_ID="12"\nVERSION="12 (bookworm)"\nVERSION_CODENAME=bookworm\nID=debian\nHOME_URL="https://www.debian.org/"\n';

function hosts(options: ClusterOptions, name: string): string {
  const others = options.nodes.map((node, index) => `${nodeAddress(index)}\t${node.name}\n`).join("");
  return `127.0.0.1\tlocalhost\n127.0.1.1\t${name}\n::1\tlocalhost ip6-localhost ip6-loopback\n${others}`;
}

function entries(options: ClusterOptions, index: number): Record<string, FileEntry> {
  const { name, role } = options.nodes[index]!;
  const server = apiServerUrl(options);
  const common: Record<string, FileEntry> = {
    "/bin": { target: "usr/bin" },
    "/sbin": { target: "usr/sbin" },
    "/lib": { target: "usr/lib" },
    "/etc/cni/net.d/10-kindnet.conflist": `{\n\t"cniVersion": "0.3.1",\n\t"name": "kindnet",\n\t"plugins": [\n\t{\n\t\t"type": "ptp",\n\t\t"ipMasq": false,\n\t\t"ipam": {\n\t\t\t"type": "host-local",\n\t\t\t"dataDir": "/run/cni-ipam-state",\n\t\t\t"routes": [ { "dst": "0.0.0.0/0" } ],\n\t\t\t"ranges": [ [ { "subnet": "${addressIn(options.podCidr, index * 256)}/24" } ] ]\n\t\t},\n\t\t"mtu": 1500\n\t}\n\t]\n}\n`,
    "/etc/containerd/config.toml":
      'version = 2\n\n[plugins."io.containerd.grpc.v1.cri"]\n  sandbox_image = "registry.k8s.io/pause:3.10"\n  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]\n    runtime_type = "io.containerd.runc.v2"\n    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]\n      SystemdCgroup = true\n',
    "/etc/crictl.yaml": "runtime-endpoint: unix:///run/containerd/containerd.sock\n",
    "/etc/default/kubelet": "KUBELET_EXTRA_ARGS=\n",
    "/etc/group": "root:x:0:\n",
    "/etc/hostname": `${name}\n`,
    "/etc/hosts": hosts(options, name),
    "/etc/kubernetes/manifests": { directory: true },
    "/etc/kubernetes/kubelet.conf": {
      content: kubeconfig(
        server,
        `system:node:${name}`,
        "    client-certificate: /var/lib/kubelet/pki/kubelet-client-current.pem\n    client-key: /var/lib/kubelet/pki/kubelet-client-current.pem\n",
      ),
      mode: 0o600,
    },
    [`${PKI}/ca.crt`]: clusterPki().caCertificatePem,
    "/etc/os-release": OS_RELEASE,
    "/etc/passwd": "root:x:0:0:root:/root:/bin/bash\n",
    "/etc/resolv.conf": "nameserver 192.168.49.1\n",
    "/etc/ca-certificates": { directory: true },
    "/etc/ssl/certs": { directory: true },
    "/opt/cni/bin": { directory: true },
    "/root": { directory: true, mode: 0o700 },
    "/root/.bashrc": "alias ll='ls -l'\n",
    "/run/containerd/containerd.sock": { content: "", mode: 0o660 },
    "/run/xtables.lock": "",
    "/tmp": { directory: true, mode: 0o1777 },
    "/usr/bin/containerd": "\x7fELF",
    "/usr/bin/kubelet": "\x7fELF",
    "/usr/lib/modules": { directory: true },
    "/usr/local/bin": { directory: true },
    "/usr/local/sbin": { directory: true },
    "/usr/local/share/ca-certificates": { directory: true },
    "/usr/sbin": { directory: true },
    "/usr/share/ca-certificates": { directory: true },
    [KUBELET_UNIT]: KUBELET_UNIT_TEXT,
    [KUBELET_DROP_IN]: KUBELET_DROP_IN_TEXT,
    [CONTAINERD_UNIT]: CONTAINERD_UNIT_TEXT,
    "/var/lib/kubelet/config.yaml": kubeletConfig(options),
    "/var/lib/kubelet/kubeadm-flags.env":
      'KUBELET_KUBEADM_ARGS="--container-runtime-endpoint=unix:///var/run/containerd/containerd.sock --pod-infra-container-image=registry.k8s.io/pause:3.10"\n',
    "/var/lib/kubelet/pki/kubelet-client-current.pem": {
      content: pair(issue("kubernetes", { name: `system:node:${name}`, organisation: "system:nodes" })),
      mode: 0o600,
    },
    "/var/log/containers": { directory: true },
    "/var/log/pods": { directory: true },
    "/var/run": { target: "../run" },
    "/var/tmp": { directory: true, mode: 0o1777 },
    "/dev/null": { device: "null" },
    "/dev/zero": { device: "zero" },
    "/dev/tty": { device: "tty" },
  };
  if (role !== "control-plane") return common;
  const user = (path: string, name: string, organisation?: string): Record<string, FileEntry> => ({
    [`/etc/kubernetes/${path}`]: {
      content: kubeconfig(server, name, embedded(issue("kubernetes", { name, ...(organisation && { organisation }) }))),
      mode: 0o600,
    },
  });
  const manifests = Object.entries(controlPlaneManifests(options, index)).map(([file, content]) => [
    `/etc/kubernetes/manifests/${file}`,
    { content, mode: 0o600 },
  ]);
  return {
    ...common,
    ...Object.fromEntries(manifests),
    ...user("admin.conf", "kubernetes-admin", "kubeadm:cluster-admins"),
    ...user("super-admin.conf", "kubernetes-super-admin", "system:masters"),
    ...user("controller-manager.conf", "system:kube-controller-manager"),
    ...user("scheduler.conf", "system:kube-scheduler"),
    ...controlPlanePki(options, index),
    [ETCD_DATA]: { directory: true, mode: 0o700 },
    [`${ETCD_DATA}/member/snap`]: { directory: true, mode: 0o700 },
    [`${ETCD_DATA}/member/wal`]: { directory: true, mode: 0o700 },
    "/usr/libexec/kubernetes/kubelet-plugins/volume/exec": { directory: true },
  };
}

const pair = ({ certificatePem, privateKeyPem }: Issued) => certificatePem + privateKeyPem;

/** Sets of nodes whose files are kept ready; beyond that the oldest are made anew when they are asked for. */
const TREES_LIMIT = 64;
const trees = new Map<string, FileTree>();
const identities = new WeakMap<ClusterOptions, string>();

/** What is on a machine before anybody changes it: made when it is first looked at, shared by all clusters of its make. */
export function machineTree(options: ClusterOptions, node: string): FileTree {
  let identity = identities.get(options);
  if (identity === undefined) {
    const { seed: _seed, startMs: _startMs, ...make } = options;
    identity = JSON.stringify(make);
    identities.set(options, identity);
  }
  const key = `${node} ${identity}`;
  let tree = trees.get(key);
  if (!tree) {
    const index = options.nodes.findIndex(({ name }) => name === node);
    tree = index < 0 ? fileTree({}) : fileTree(entries(options, index));
    if (trees.size >= TREES_LIMIT) trees.delete(trees.keys().next().value!);
    trees.set(key, tree);
  }
  return tree;
}
