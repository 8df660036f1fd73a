import { installAddons } from "../addons";
import type { Sim } from "../component";
import { bootServiceRange } from "../controllers/service-addresses/service-addresses";
import { bootClusterInfo } from "./cluster-info";
import { bootCoredns } from "./coredns";
import { bootKubernetesService } from "./kubernetes-service";
import { bootNodeDaemons } from "./node-daemons";
import { bootNodes } from "./nodes";
import { bootPolicy } from "./policy";
import { bootPriorityClasses } from "./priority-classes";
import { bootStaticPods } from "./static-pods";
import { bootStorageClass } from "./storage-class";

/** How old a cluster is when a learner first sees it: kube-system has run for a while, its events are still there. */
export const AGE_AT_START_MS = 180_000;

/**
 * Namespaces, nodes, the kubernetes Service and kube-system's own objects, as kubeadm leaves them. Controllers, scheduler
 * and kubelets do the rest while the cluster settles.
 */
export function bootCluster(sim: Sim): void {
  const api = sim.api("kube-apiserver");
  for (const name of ["kube-system", "kube-public", "kube-node-lease", "default"]) {
    api.create("namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name } });
  }
  bootPolicy(sim);
  bootPriorityClasses(sim);
  bootNodes(sim);
  bootServiceRange(sim);
  bootKubernetesService(sim);
  bootClusterInfo(sim);
  bootStaticPods(sim);
  bootNodeDaemons(sim);
  bootCoredns(sim);
  bootStorageClass(sim);
  installAddons(sim);
}
