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
  /** The kubelet of a node stops; its containers go on. */
  | { fault: "kubelet-down"; node: string }
  | { fault: "kubelet-up"; node: string };

/** Faults that stand now: `node/<name>`, `kubelet/<name>`, `component/<name>`. Components ask before they work. */
export function isDown(sim: Sim, what: "node" | "kubelet" | "component", name: string): boolean {
  return sim.kernel.table<number>("faults.down").has(`${what}/${name}`);
}

export function applyFault(sim: Sim, fault: Fault): void {
  const down = sim.kernel.table<number>("faults.down");
  switch (fault.fault) {
    case "node-down":
      down.set(`node/${fault.node}`, sim.kernel.nowMs);
      sim.kernel.schedule(0, "kubelet", `power-off/${fault.node}`);
      sim.kernel.schedule(0, "node-lifecycle-controller", fault.node);
      break;
    case "node-up":
      down.delete(`node/${fault.node}`);
      sim.kernel.schedule(0, "kubelet-node-status", fault.node);
      sim.kernel.schedule(0, "kubelet", `node-power/${fault.node}`);
      sim.kernel.schedule(0, "node-lifecycle-controller", fault.node);
      break;
    case "kubelet-down":
      down.set(`kubelet/${fault.node}`, sim.kernel.nowMs);
      sim.kernel.schedule(0, "node-lifecycle-controller", fault.node);
      break;
    case "kubelet-up":
      down.delete(`kubelet/${fault.node}`);
      sim.kernel.schedule(0, "kubelet-node-status", fault.node);
      sim.kernel.schedule(0, "kubelet", `node-power/${fault.node}`);
      sim.kernel.schedule(0, "node-lifecycle-controller", fault.node);
      break;
    case "component-down":
      down.set(`component/${fault.component}`, sim.kernel.nowMs);
      break;
    case "component-up":
      down.delete(`component/${fault.component}`);
      sim.kernel.schedule(0, fault.component, "resume");
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
