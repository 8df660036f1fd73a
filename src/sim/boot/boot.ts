import type { Sim } from "../component";

/** Namespaces, nodes, the kubernetes Service and kube-system's own pods. */
export function bootCluster(sim: Sim): void {
  const api = sim.api("kube-apiserver");
  for (const name of ["default", "kube-system", "kube-public", "kube-node-lease"]) {
    api.create("namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name } });
  }
}
