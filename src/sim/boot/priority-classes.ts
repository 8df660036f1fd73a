import type { Sim } from "../component";
import { SYSTEM_PRIORITIES } from "../kinds/priority-class";

/** The classes for pods that the cluster cannot do without. */
export function bootPriorityClasses(sim: Sim): void {
  for (const [name, content] of Object.entries(SYSTEM_PRIORITIES)) {
    sim.api("kube-apiserver").create("priorityclasses.scheduling.k8s.io", {
      apiVersion: "scheduling.k8s.io/v1",
      kind: "PriorityClass",
      metadata: { name },
      ...content,
    });
  }
}
