import type { Sim } from "./component";
import { CONTROL_PLANE_COMPONENTS } from "./control-plane/components";
import { restoreManifest, takeManifestAway } from "./control-plane/manifest-fault";
import { type Fault, markDown, markUp } from "./faults";
import { machineBooted, startUnit, stopUnit } from "./machines/services";

/** Brings a fault about, where a learner could by the same way: services stop as with systemctl, manifests are moved. */
export function applyFault(sim: Sim, fault: Fault): void {
  switch (fault.fault) {
    case "node-down":
      markDown(sim, "node", fault.node);
      sim.kernel.schedule(0, "kubelet", `power-off/${fault.node}`);
      sim.kernel.schedule(0, "node-lifecycle-controller", fault.node);
      break;
    case "node-up":
      markUp(sim, "node", fault.node);
      machineBooted(sim, fault.node);
      sim.kernel.schedule(0, "kubelet-node-status", fault.node);
      sim.kernel.schedule(0, "kubelet", `node-power/${fault.node}`);
      sim.kernel.schedule(0, "node-lifecycle-controller", fault.node);
      break;
    case "kubelet-down":
      stopUnit(sim, fault.node, "kubelet");
      break;
    case "kubelet-up":
      startUnit(sim, fault.node, "kubelet");
      break;
    case "component-down":
      if (CONTROL_PLANE_COMPONENTS.includes(fault.component)) takeManifestAway(sim, fault.component);
      else markDown(sim, "component", fault.component);
      break;
    case "component-up":
      if (CONTROL_PLANE_COMPONENTS.includes(fault.component)) restoreManifest(sim, fault.component);
      else {
        markUp(sim, "component", fault.component);
        sim.kernel.schedule(0, fault.component, "resume");
      }
      break;
    case "kill-container": {
      const pod = sim.store.get("pods", fault.namespace, fault.pod);
      if (!pod) return;
      const container = fault.container ?? pod.spec.containers[0].name;
      sim.runtime.change(
        { podUid: pod.metadata.uid, container },
        {
          op: "signal",
          pid: 1,
          signal: "SIGKILL",
          fromNode: true,
          ...(fault.exitCode !== undefined && { exitCode: fault.exitCode }),
        },
      );
      break;
    }
  }
}
