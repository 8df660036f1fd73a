import type { Area } from "./frame/area";
import { RUNNING, RUNNING_FILES } from "./frame/files";

const KINDS = [
  "pods",
  "deployments",
  "replicasets",
  "services",
  "endpoints",
  "endpointslices",
  "configmaps",
  "secrets",
  "serviceaccounts",
  "namespaces",
  "replicationcontrollers",
];

export const describe: Area = {
  name: "describe",
  files: RUNNING_FILES,
  setup: RUNNING,
  lines: [
    ...KINDS.map((kind) => `kubectl describe ${kind}`),
    "kubectl describe node node-1",
    "kubectl describe pod talker",
    "kubectl describe pod nope",
    "kubectl describe nope x",
    "kubectl get events --field-selector involvedObject.name=talker",
    "kubectl events --for pod/talker",
  ],
};
