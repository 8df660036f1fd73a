import type { ImageRepository } from "../repository";

const REGISTRIES = ["registry.k8s.io", "k8s.gcr.io"];
const names = (name: string) => REGISTRIES.map((registry) => `${registry}/${name}`);

/** Releases of which a cluster may be made; every control-plane image exists for each. */
const RELEASES = [
  "v1.20.2",
  "v1.27.16",
  "v1.28.15",
  "v1.29.15",
  "v1.30.14",
  "v1.31.13",
  "v1.32.9",
  "v1.33.0",
  "v1.33.4",
  "v1.33.5",
  "v1.34.1",
];

const daemon = (name: string, sizeBytes: number): ImageRepository => ({
  names: names(name),
  shared: { entrypoint: [name], programs: { [name]: name, [`/usr/local/bin/${name}`]: name }, sizeBytes },
  tags: Object.fromEntries(RELEASES.map((release) => [release, { env: {} }])),
});

export const kubeApiserver = daemon("kube-apiserver", 30_111_000);
export const kubeControllerManager = daemon("kube-controller-manager", 27_681_000);
export const kubeScheduler = daemon("kube-scheduler", 21_810_000);
export const kubeProxy = daemon("kube-proxy", 31_890_000);

export const etcd: ImageRepository = {
  names: names("etcd"),
  shared: { entrypoint: ["etcd"], programs: { etcd: "etcd", "/usr/local/bin/etcd": "etcd" }, sizeBytes: 58_938_000 },
  tags: { "3.4.13-0": {}, "3.5.15-0": {}, "3.5.16-0": {}, "3.5.21-0": {}, "3.6.4-0": {} },
};

export const coredns: ImageRepository = {
  names: [...names("coredns/coredns"), "docker.io/coredns/coredns"],
  shared: {
    entrypoint: ["/coredns"],
    programs: { "/coredns": "coredns", coredns: "coredns" },
    exposedPorts: [53],
    user: { uid: 65532, gid: 65532 },
    sizeBytes: 18_562_000,
  },
  tags: {
    "v1.7.0": {},
    "v1.11.3": {},
    "v1.12.0": {},
    "v1.12.1": {},
    "1.11.3": "v1.11.3",
    "1.12.0": "v1.12.0",
    latest: "v1.12.1",
  },
};

export const pause: ImageRepository = {
  names: [...names("pause"), "gcr.io/google_containers/pause", "gcr.io/google_containers/pause-amd64"],
  shared: {
    entrypoint: ["/pause"],
    programs: { "/pause": "pause", pause: "pause" },
    user: { uid: 65535, gid: 65535 },
    sizeBytes: 320_368,
  },
  tags: {
    "2.0": {},
    "3.0": {},
    "3.1": {},
    "3.2": {},
    "3.5": {},
    "3.6": {},
    "3.8": {},
    "3.9": {},
    "3.10": {},
    latest: "3.10",
  },
};

export const flannel: ImageRepository = {
  names: ["ghcr.io/flannel-io/flannel", "docker.io/flannel/flannel"],
  shared: {
    cmd: ["/opt/bin/flanneld"],
    programs: { "/opt/bin/flanneld": "flannel" },
    userland: "alpine",
    sizeBytes: 32_800_000,
  },
  tags: { "v0.26.7": {}, "v0.27.0": {} },
};

export const kindnet: ImageRepository = {
  names: ["docker.io/kindest/kindnetd"],
  shared: {
    cmd: ["/bin/kindnetd"],
    programs: { "/bin/kindnetd": "kindnet" },
    userland: "alpine",
    sizeBytes: 36_000_000,
  },
  tags: { "v20241212-9f82dd49": {}, "v20250512-df8de77b": {} },
};

export const storageProvisioner: ImageRepository = {
  names: ["gcr.io/k8s-minikube/storage-provisioner"],
  shared: {
    entrypoint: ["/storage-provisioner"],
    programs: { "/storage-provisioner": "storage-provisioner" },
    sizeBytes: 9_058_000,
  },
  tags: { v5: {} },
};

export const metricsServer: ImageRepository = {
  names: names("metrics-server/metrics-server"),
  shared: {
    entrypoint: ["/metrics-server"],
    programs: { "/metrics-server": "metrics-server", "metrics-server": "metrics-server" },
    user: { uid: 65534, gid: 65534 },
    sizeBytes: 22_000_000,
  },
  tags: { "v0.6.4": {}, "v0.7.1": {}, "v0.7.2": {}, "v0.8.0": {}, latest: "v0.8.0" },
};

export const ingressNginx: ImageRepository = {
  names: names("ingress-nginx/controller"),
  shared: {
    entrypoint: ["/usr/bin/dumb-init", "--"],
    cmd: ["/nginx-ingress-controller"],
    programs: {
      "/usr/bin/dumb-init": "ingress-nginx",
      "/nginx-ingress-controller": "ingress-nginx",
      "nginx-ingress-controller": "ingress-nginx",
    },
    exposedPorts: [80, 443],
    user: { uid: 101, gid: 82 },
    userland: "alpine",
    sizeBytes: 113_400_000,
    extraCommands: ["curl"],
  },
  tags: {
    "v1.8.1": {},
    "v1.9.6": {},
    "v1.10.1": {},
    "v1.11.5": {},
    "v1.12.1": {},
    "v1.12.3": {},
    "v1.13.0": {},
    latest: "v1.12.1",
  },
};
