/** What ships with a release of Kubernetes, by its minor version, as kubeadm of that release pins it. */
interface Release {
  etcd: string;
  coredns: string;
  pause: string;
}

const RELEASES: Record<string, Release> = {
  "1.31": { etcd: "3.5.15-0", coredns: "v1.11.3", pause: "3.10" },
  "1.32": { etcd: "3.5.16-0", coredns: "v1.11.3", pause: "3.10" },
  "1.33": { etcd: "3.5.21-0", coredns: "v1.12.0", pause: "3.10" },
  "1.34": { etcd: "3.6.4-0", coredns: "v1.12.1", pause: "3.10" },
};

export interface SystemImage {
  name: string;
  sizeBytes: number;
}

export interface SystemImages {
  etcd: SystemImage;
  apiserver: SystemImage;
  controllerManager: SystemImage;
  scheduler: SystemImage;
  proxy: SystemImage;
  coredns: SystemImage;
  pause: SystemImage;
  kindnet: SystemImage;
}

/** Images of kube-system for a version such as `1.33.4`. Unknown minors get those of 1.33. */
export function systemImages(version: string): SystemImages {
  const release = RELEASES[version.split(".").slice(0, 2).join(".")] ?? RELEASES["1.33"]!;
  const daemon = (name: string, sizeBytes: number) => ({ name: `registry.k8s.io/${name}:v${version}`, sizeBytes });
  return {
    etcd: { name: `registry.k8s.io/etcd:${release.etcd}`, sizeBytes: 58_938_000 },
    apiserver: daemon("kube-apiserver", 30_111_000),
    controllerManager: daemon("kube-controller-manager", 27_681_000),
    scheduler: daemon("kube-scheduler", 21_810_000),
    proxy: daemon("kube-proxy", 31_890_000),
    coredns: { name: `registry.k8s.io/coredns/coredns:${release.coredns}`, sizeBytes: 18_562_000 },
    pause: { name: `registry.k8s.io/pause:${release.pause}`, sizeBytes: 320_368 },
    kindnet: { name: "docker.io/kindest/kindnetd:v20250512-df8de77b", sizeBytes: 36_000_000 },
  };
}
