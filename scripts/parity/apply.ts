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

const SECRET = `apiVersion: v1
kind: Secret
metadata: {name: pass}
stringData: {a: one, b: two}
`;

const MANY = `apiVersion: v1
kind: ConfigMap
metadata: {name: first, labels: {set: x}}
data: {a: "1"}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: second, labels: {set: x}}
data: {a: "1"}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: third, labels: {set: z}}
data: {a: "1"}
`;

export const apply: Area = {
  name: "apply",
  files: {
    "web.yaml": WEB,
    "web3.yaml": WEB.replace("replicas: 2", "replicas: 3").replace("nginx:1.25", "nginx:1.26"),
    "pod.yaml": POD,
    "changed.yaml": CHANGED_POD,
    "settings.yaml": SETTINGS,
    "settings2.yaml": SETTINGS.replace("blue", "green"),
    "other-ns.yaml": SETTINGS.replace("{name: settings}", "{name: settings, namespace: elsewhere}"),
    "misspelt.yaml": MISSPELT,
    "invalid.yaml": INVALID,
    "unknown.yaml": "apiVersion: v1\nkind: Sprocket\nmetadata: {name: x}\n",
    "noname.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {}\n",
    "generated.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {generateName: x-}\n",
    "nokind.yaml": "apiVersion: v1\nmetadata: {name: x}\n",
    "noversion.yaml": "kind: Pod\nmetadata: {name: x}\n",
    "empty.yaml": "",
    "comment.yaml": "# nothing\n---\n# nothing either\n",
    "broken.yaml": "apiVersion: v1\nkind: Pod\n  metadata: x\n",
    "tabs.yaml": "apiVersion: v1\nkind: Pod\nmetadata:\n\tname: x\n",
    "broken.json": '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "x"',
    "list.yaml": `apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: l1}}\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: l2}}\n`,
    "text.yaml": "just a text\n",
    "sequence.yaml": "- a\n- b\n",
    "duplicate.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: dup}\ndata:\n  a: x\n  a: y\n",
    "wrongtype.yaml": SETTINGS.replace('size: "3"', "size: 3"),
    "many.yaml": MANY,
    "labels.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, labels: {a: true}}\n",
    "less.yaml": MANY.slice(MANY.indexOf("---") + 4),
    "pass.yaml": SECRET,
    "pass2.yaml": SECRET.replace("one", "three"),
  },
  lines: [
    "kubectl diff -f web.yaml",
    "kubectl apply -f web.yaml",
    "kubectl apply -f web.yaml",
    "kubectl diff -f web.yaml",
    "kubectl diff -f web3.yaml",
    "kubectl diff -f web3.yaml -l app=none",
    "kubectl diff -f nowhere.yaml",
    "kubectl diff -f invalid.yaml",
    "kubectl diff -f misspelt.yaml",
    "kubectl diff -f unknown.yaml",
    "kubectl diff",
    "kubectl diff web",
    "kubectl diff -f pod.yaml --nope",
    "kubectl diff -f web.yaml --force-conflicts",
    "kubectl apply -f pod.yaml",
    "kubectl diff -f pod.yaml",
    "kubectl diff -f changed.yaml",
    "cat changed.yaml | kubectl diff -f -",
    "KUBECTL_EXTERNAL_DIFF='diff -N' kubectl diff -f changed.yaml",
    "KUBECTL_EXTERNAL_DIFF=no-such kubectl diff -f changed.yaml",
    "kubectl apply -f pass.yaml",
    "kubectl diff -f pass2.yaml",
    "kubectl apply -f settings.yaml --dry-run=server",
    "kubectl apply -f settings.yaml --dry-run=client",
    "kubectl apply -f settings.yaml --dry-run=client -o yaml",
    "kubectl apply -f settings.yaml --dry-run=bad",
    "kubectl apply -f settings.yaml --dry-run",
    "kubectl apply -f settings.yaml -o yaml",
    "kubectl apply -f settings.yaml -o name",
    "kubectl apply -f settings2.yaml -o json",
    "kubectl apply -f settings.yaml -o jsonpath='{.data.colour}'",
    "kubectl apply -f settings.yaml -o wide",
    "kubectl apply -f settings.yaml -n elsewhere",
    "kubectl apply -f other-ns.yaml",
    "kubectl apply -f other-ns.yaml -n default",
    "kubectl apply -f misspelt.yaml",
    "kubectl create -f misspelt.yaml",
    "kubectl apply -f misspelt.yaml --validate=false",
    "kubectl apply -f misspelt.yaml --validate=warn",
    "kubectl apply -f misspelt.yaml --validate=ignore",
    "kubectl apply -f misspelt.yaml --validate=strict",
    "kubectl apply -f misspelt.yaml --validate=sometimes",
    "kubectl apply -f invalid.yaml",
    "kubectl apply -f unknown.yaml",
    "kubectl apply -f nowhere.yaml",
    "kubectl apply -f noname.yaml",
    "kubectl apply -f generated.yaml",
    "kubectl create -f noname.yaml",
    "kubectl apply -f nokind.yaml",
    "kubectl apply -f noversion.yaml",
    "kubectl apply -f nokind.yaml --validate=false",
    "kubectl apply -f noversion.yaml --validate=false",
    "kubectl apply -f empty.yaml",
    "kubectl apply -f comment.yaml",
    "kubectl create -f empty.yaml",
    "kubectl delete -f empty.yaml",
    "kubectl get -f empty.yaml",
    "kubectl apply -f broken.yaml",
    "kubectl apply -f tabs.yaml",
    "kubectl apply -f broken.json",
    "kubectl apply -f list.yaml",
    "kubectl apply -f list.yaml -o name",
    "kubectl apply -f list.yaml -o yaml",
    "kubectl apply -f text.yaml",
    "kubectl apply -f sequence.yaml",
    "kubectl apply -f text.yaml --validate=false",
    "kubectl create -f text.yaml --validate=false",
    "kubectl apply -f duplicate.yaml",
    "kubectl apply -f duplicate.yaml --validate=warn",
    "kubectl apply -f wrongtype.yaml",
    "kubectl apply -f https://nowhere.invalid/x.yaml",
    "kubectl apply",
    "kubectl apply pods",
    "kubectl apply -f",
    "kubectl apply -f pod.yaml -k .",
    "kubectl apply -f - < settings.yaml",
    "kubectl apply -f settings.yaml -f settings2.yaml",
    "kubectl apply -f settings.yaml,pod.yaml",
    "kubectl apply -f settings.yaml --server-side --dry-run=client",
    "kubectl apply -f settings.yaml --force-conflicts",
    "kubectl apply -f settings.yaml --force --server-side",
    "kubectl apply -f settings.yaml --force --dry-run=server",
    "kubectl apply -f settings.yaml --subresource=status",
    "kubectl apply -f many.yaml",
    "kubectl apply -f labels.yaml",
    "kubectl apply -f less.yaml --prune",
    "kubectl apply -f less.yaml --prune --all -l set=x",
    "kubectl apply -f less.yaml --prune -l set=x --force",
    "kubectl apply -f less.yaml --prune -l set=x --prune-allowlist=core/v1",
    "kubectl apply -f less.yaml --prune -l set=x --prune-allowlist=core/v1/Sprocket",
    "kubectl apply -f less.yaml --prune -l set=x --prune-allowlist=core/v1/ConfigMap --dry-run=client",
    "kubectl apply -f less.yaml --prune -l set=x --prune-allowlist=core/v1/ConfigMap --dry-run=server",
    "kubectl diff -f less.yaml --prune -l set=x --prune-allowlist=core/v1/ConfigMap",
    "kubectl apply -f less.yaml --prune -l set=x --prune-allowlist=core/v1/ConfigMap",
    "kubectl apply -f many.yaml -l set=z",
    "kubectl apply -f many.yaml -l set=nope",
    "kubectl apply view-last-applied -f settings.yaml",
    "kubectl apply view-last-applied cm settings -o json",
    "kubectl apply view-last-applied cm settings -o wide",
    "kubectl apply view-last-applied cm nope",
    "kubectl apply view-last-applied",
    "kubectl apply view-last-applied cm --all",
    "kubectl apply view-last-applied -l set=x cm",
    "kubectl create cm bare --from-literal=a=b",
    "kubectl apply view-last-applied cm bare",
    "kubectl get cm bare -o yaml > bare.yaml; kubectl apply -f bare.yaml",
    "kubectl create configmap naked --from-literal=a=b",
    "kubectl apply set-last-applied -f settings2.yaml",
    "kubectl apply set-last-applied -f settings2.yaml --dry-run=client",
    "kubectl apply set-last-applied -f settings2.yaml -o name",
    "kubectl apply set-last-applied -f settings2.yaml",
    "kubectl apply set-last-applied -f nowhere.yaml",
    "kubectl apply set-last-applied",
    "kubectl create -f settings.yaml",
    "kubectl create -f settings.yaml --dry-run=server",
    "kubectl create -f list.yaml",
    "kubectl create -f many.yaml -l set=nope",
    "kubectl create",
    "kubectl create -f settings.yaml pods",
    "kubectl replace -f settings.yaml",
    "kubectl replace -f settings.yaml --dry-run=client",
    "kubectl replace -f settings2.yaml -o yaml",
    "kubectl replace -f nowhere.yaml",
    "kubectl replace -f empty.yaml",
    "kubectl replace -f misspelt.yaml",
    "kubectl replace -f other-ns.yaml",
    "kubectl replace",
    "kubectl replace -f settings.yaml --grace-period=1",
    "kubectl replace -f settings.yaml --timeout=5s",
    "kubectl replace -f settings.yaml --force",
    "kubectl replace --force -f changed.yaml --grace-period=0",
    "kubectl apply -f changed.yaml",
    "EDITOR='sed -i s/blue/red/' kubectl edit configmap settings",
    "EDITOR=true kubectl edit configmap settings",
    "EDITOR=false kubectl edit configmap settings",
    "EDITOR='sed -i s/red/pink/' kubectl edit configmap settings --output-patch",
    "EDITOR='sed -i s/pink/rose/' kubectl edit configmap settings -o name",
    "KUBE_EDITOR='sed -i s/name:.settings/name:other/' EDITOR=true kubectl edit configmap settings",
    "EDITOR='sed -i s/rose/blue/' kubectl edit -f settings.yaml",
    "EDITOR='sed -i d' kubectl edit configmap settings",
    "EDITOR=true kubectl edit configmap nope",
    "EDITOR=true kubectl edit",
    "EDITOR='sed -i s/blue/navy/' kubectl apply edit-last-applied cm settings",
    "EDITOR=true kubectl apply edit-last-applied cm settings",
    "EDITOR='sed -i s/zzz/navy/' kubectl create --edit -f list.yaml",
  ],
};
