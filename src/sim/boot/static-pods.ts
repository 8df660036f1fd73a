import type { Sim } from "../component";
import { KUBELET } from "../kubelet/records";

/** The kubelets of the control plane find their manifests: see `kubelet/static-pods.ts`. */
export function bootStaticPods(sim: Sim): void {
  for (const { name, role } of sim.options.nodes)
    if (role === "control-plane") sim.kernel.schedule(0, KUBELET, `manifests/${name}`);
}
