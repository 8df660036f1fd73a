import type { Area } from "./frame/area";
import { CHANGED_POD, POD, SETTINGS, WEB } from "./frame/files";

const MISSPELT = `apiVersion: v1
kind: Pod
metadata: {name: misspelt}
spec:
  containers:
  - name: main
    imagee: busybox
`;

const INVALID = `apiVersion: v1
kind: Pod
metadata: {name: Invalid_Name}
spec:
  restartPolicy: Sometimes
  containers:
  - name: main
`;

export const apply: Area = {
  name: "apply",
  files: {
    "web.yaml": WEB,
    "pod.yaml": POD,
    "changed.yaml": CHANGED_POD,
    "settings.yaml": SETTINGS,
    "misspelt.yaml": MISSPELT,
    "invalid.yaml": INVALID,
    "unknown.yaml": "apiVersion: v1\nkind: Sprocket\nmetadata: {name: x}\n",
  },
  lines: [
    "kubectl apply -f web.yaml",
    "kubectl apply -f web.yaml",
    "kubectl apply -f pod.yaml",
    "kubectl diff -f pod.yaml",
    "kubectl apply -f settings.yaml --dry-run=server",
    "kubectl apply -f settings.yaml --dry-run=client",
    "kubectl apply -f settings.yaml -o yaml",
    "kubectl apply -f misspelt.yaml",
    "kubectl create -f misspelt.yaml",
    "kubectl apply -f misspelt.yaml --validate=false",
    "kubectl apply -f misspelt.yaml --validate=warn",
    "kubectl apply -f invalid.yaml",
    "kubectl apply -f unknown.yaml",
    "kubectl apply -f nowhere.yaml",
    "kubectl create -f settings.yaml",
    "kubectl replace -f settings.yaml",
    "kubectl apply -f changed.yaml",
    "EDITOR='sed -i s/blue/red/' kubectl edit configmap settings",
    "EDITOR=true kubectl edit configmap settings",
  ],
};
