import type { Sim } from "./component";

/** What instructors, challenges and what-if checks do to a cluster beyond its API. */
export type Fault =
  /** Power off: kubelet and containers of the node are gone until `node-up`. */
  | { fault: "node-down"; node: string }
  | { fault: "node-up"; node: string }
  /** Kills the main process of a container, as an OOM or a crash would. */
  | { fault: "kill-container"; namespace: string; pod: string; container?: string; exitCode?: number }
  /** A control-plane component stops working (`kube-scheduler`, `kube-controller-manager`, `coredns`) or works again. */
  | { fault: "component-down"; component: string }
  | { fault: "component-up"; component: string }
  /** The kubelet of a node stops; its containers go on. The same as `systemctl stop kubelet` there. */
  | { fault: "kubelet-down"; node: string }
  | { fault: "kubelet-up"; node: string };

/**
 * What stands still now, and since when: `node/<name>`, `kubelet/<name>`, `runtime/<name>` (containerd),
 * `cut-off/<name>` (a kubelet that does not reach the API server), `component/<name>` by a fault, and `absent/<name>` of the
 * control plane's own components where none of their containers works (see `control-plane/`).
 */
const down = (sim: Sim) => sim.kernel.table<number>("faults.down");

export type Downable = "node" | "kubelet" | "runtime" | "cut-off" | "component" | "absent";

/** Components ask before they work. */
export function isDown(sim: Sim, what: Downable, name: string): boolean {
  const table = down(sim);
  if (table.size === 0) return false;
  return table.has(`${what}/${name}`) || (what === "component" && table.has(`absent/${name}`));
}

export function markDown(sim: Sim, what: Downable, name: string): void {
  if (!isDown(sim, what, name)) down(sim).set(`${what}/${name}`, sim.kernel.nowMs);
  if (SILENCING.has(what) && !silent(sim).has(name)) silent(sim).set(name, sim.kernel.nowMs);
}

export function markUp(sim: Sim, what: Downable, name: string): void {
  down(sim).delete(`${what}/${name}`);
}

export function downSince(sim: Sim, what: Downable, name: string): number | undefined {
  const moments = what === "component" ? [`component/${name}`, `absent/${name}`] : [`${what}/${name}`];
  const known = moments.flatMap((key) => down(sim).get(key) ?? []);
  return known.length > 0 ? Math.min(...known) : undefined;
}

/** By node: since when its kubelet has not been heard of. A machine that boots is silent until its kubelet reports. */
const silent = (sim: Sim) => sim.kernel.table<number>("faults.silent");
const SILENCING: ReadonlySet<Downable> = new Set<Downable>(["node", "kubelet", "cut-off"]);

/** Since when the node's kubelet has not been heard of; undefined where it is. */
export const kubeletSilentSince = (sim: Sim, node: string): number | undefined => silent(sim).get(node);

/** The kubelet has reported. */
export function endSilence(sim: Sim, node: string): void {
  silent(sim).delete(node);
}

/** Nobody can read or write objects. */
export const isApiDown = (sim: Sim): boolean => isDown(sim, "component", "kube-apiserver");

/** The API server runs, but what it stores in has no quorum. */
export const isStorageDown = (sim: Sim): boolean => isDown(sim, "component", "etcd");
