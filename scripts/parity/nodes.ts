import type { Area } from "./frame/area";

export const nodes: Area = {
  name: "nodes",
  lines: [
    "kubectl cordon node-2",
    "kubectl cordon node-2",
    "kubectl uncordon node-2",
    "kubectl taint node node-2 k=v:NoSchedule",
    "kubectl taint node node-2 k=v:NoSchedule",
    "kubectl taint node node-2 k-",
    "kubectl taint node node-2 k-",
  ],
};
