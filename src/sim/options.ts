export interface NodeOptions {
  name: string;
  role: "control-plane" | "worker";
  cpu: string;
  memory: string;
  labels?: Record<string, string>;
  taints?: { key: string; value?: string; effect: string }[];
}

/** Frozen for the life of the cluster and part of its snapshot. */
export interface ClusterOptions {
  seed: string;
  /** The moment at which the cluster's time starts, in ms since 1970 UTC. */
  startMs: number;
  nodes: NodeOptions[];
  /** `1.33.4`: what /version and the nodes report. */
  version: string;
  serviceCidr: string;
  podCidr: string;
  /** Names of admission plugins and components that this cluster goes without. */
  without: string[];
  /** What runs in the cluster beyond that which kubeadm installs. */
  addons: Addon[];
}

export const ADDONS = ["ingress-nginx", "metrics-server"] as const;
export type Addon = (typeof ADDONS)[number];

/** 2026-01-05T09:00:00Z, a Monday: where headless labs start unless they are told otherwise. */
export const DEFAULT_START_MS = 1_767_603_600_000;

export const DEFAULT_NODES: NodeOptions[] = [
  { name: "control-plane", role: "control-plane", cpu: "2", memory: "4Gi" },
  { name: "node-1", role: "worker", cpu: "4", memory: "8Gi" },
  { name: "node-2", role: "worker", cpu: "4", memory: "8Gi" },
];

export function clusterOptions(partial: Partial<ClusterOptions> = {}): ClusterOptions {
  return {
    seed: "podium",
    startMs: DEFAULT_START_MS,
    nodes: DEFAULT_NODES,
    version: "1.33.4",
    serviceCidr: "10.96.0.0/12",
    podCidr: "10.244.0.0/16",
    without: [],
    addons: [],
    ...partial,
  };
}
