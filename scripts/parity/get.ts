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
  "nodes",
  "replicationcontrollers",
];
const OUTPUTS = ["", "-o wide", "-o yaml", "-o json", "-o name", "--show-labels", "-A", "--no-headers"];

export const get: Area = {
  name: "get",
  files: RUNNING_FILES,
  setup: RUNNING,
  lines: [
    ...KINDS.flatMap((kind) => OUTPUTS.map((output) => `kubectl get ${kind} ${output}`.trimEnd())),
    "kubectl get pods -l team=blue",
    "kubectl get pods -l 'team in (blue,red),app'",
    "kubectl get pods -l app=shop",
    "kubectl get pods -l 'team=='",
    "kubectl get pods --field-selector=status.phase=Running",
    "kubectl get pods --field-selector=status.nope=Running",
    "kubectl get pods --sort-by=.metadata.name",
    "kubectl get pods -o custom-columns=NAME:.metadata.name,NODE:.spec.nodeName",
    "kubectl get pods -o jsonpath='{.items[*].metadata.name}'",
    "kubectl get pods -o jsonpath='{.items[*'",
    "kubectl get pods -o go-template='{{range .items}}{{.metadata.name}}{{\"\\n\"}}{{end}}'",
    "kubectl get pods -L app",
    "kubectl get pods,svc",
    "kubectl get all",
    "kubectl get all -A",
    "kubectl get pod talker nope",
    "kubectl get nope",
    "kubectl get pods -n nope",
    "kubectl get",
  ],
};
