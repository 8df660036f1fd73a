import type { Area } from "./frame/area";

export const discovery: Area = {
  name: "discovery",
  lines: [
    "kubectl version",
    "kubectl api-resources",
    "kubectl api-resources -o wide",
    "kubectl api-resources -o name",
    "kubectl api-resources --namespaced=false",
    "kubectl api-resources --api-group=apps",
    "kubectl api-versions",
    "kubectl get --raw /version",
    "kubectl get --raw /healthz",
    "kubectl get --raw /nope",
    "kubectl get --raw /api/v1/namespaces/default/pods/nope",
    "kubectl auth whoami",
    "kubectl cluster-info",
    "kubectl config current-context",
    "kubectl config get-contexts",
    "kubectl nope",
  ],
};
