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

export interface SystemImages {
  etcd: string;
  apiserver: string;
  controllerManager: string;
  scheduler: string;
  proxy: string;
  coredns: string;
  pause: string;
  kindnet: string;
}

/** Images of kube-system for a version such as `1.33.4`. Unknown minors get those of 1.33. */
export function systemImages(version: string): SystemImages {
  const release = RELEASES[version.split(".").slice(0, 2).join(".")] ?? RELEASES["1.33"]!;
  const daemon = (name: string) => `registry.k8s.io/${name}:v${version}`;
  return {
    etcd: `registry.k8s.io/etcd:${release.etcd}`,
    apiserver: daemon("kube-apiserver"),
    controllerManager: daemon("kube-controller-manager"),
    scheduler: daemon("kube-scheduler"),
    proxy: daemon("kube-proxy"),
    coredns: `registry.k8s.io/coredns/coredns:${release.coredns}`,
    pause: `registry.k8s.io/pause:${release.pause}`,
    kindnet: "docker.io/kindest/kindnetd:v20250512-df8de77b",
  };
}
