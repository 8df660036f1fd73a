import type { Area } from "./frame/area";

/** What the server can do, in every form, and who may do it. */
export const api: Area = {
  name: "api",
  files: {
    "rbac.yaml": `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader, labels: {a: b}}
rules:
- {apiGroups: [""], resources: [pods], verbs: [get]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: reader}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
subjects: [{kind: User, name: jane, apiGroup: rbac.authorization.k8s.io}]
`,
    "more.yaml": `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader, labels: {c: d}}
rules:
- {apiGroups: [""], resources: [pods], verbs: [list]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: reader}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
subjects: [{kind: User, name: joe, apiGroup: rbac.authorization.k8s.io}]
`,
    "moved.yaml": `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: reader}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: other}
subjects: []
`,
    "old.yaml": "apiVersion: rbac.authorization.k8s.io/v1beta1\nkind: Role\nmetadata: {name: reader}\n",
    "pod.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: {containers: [{name: a, image: b}]}\n",
  },
  lines: [
    "kubectl api-resources --namespaced",
    "kubectl api-resources --namespaced=true -o name",
    "kubectl api-resources --no-headers",
    "kubectl api-resources --verbs=list,get",
    "kubectl api-resources --verbs=nope",
    "kubectl api-resources --sort-by=name",
    "kubectl api-resources --sort-by=kind",
    "kubectl api-resources --sort-by=nope",
    "kubectl api-resources --categories=all",
    "kubectl api-resources --categories=all,nope",
    "kubectl api-resources --categories=api-extensions",
    "kubectl api-resources --api-group=''",
    "kubectl api-resources --api-group=nope",
    "kubectl api-resources --api-group=apps -o wide",
    "kubectl api-resources --api-group=batch --namespaced=false",
    "kubectl api-resources --cached",
    "kubectl api-resources -o json",
    "kubectl api-resources -o yaml --api-group=apps",
    "kubectl api-resources -o nope",
    "kubectl api-resources extra",
    "kubectl api-resources --verbs=create --sort-by=kind -o wide --no-headers",
    "kubectl api-versions",
    "kubectl get --raw /api",
    "kubectl get --raw /api/v1",
    "kubectl get --raw /apis/apps",
    "kubectl get --raw /apis/apps/v1",
    "kubectl get --raw /apis/nope",
    "kubectl get --raw /livez",
    "kubectl get --raw /livez/ping",
    "kubectl get --raw /metrics | head -1",
    "kubectl get --raw '/api/v1/nodes?limit=1' | head -c 60",
    "kubectl get --raw '/api/v1/namespaces?labelSelector=nope%3Dx'",
    "kubectl get --raw /openapi/v3/apis/apps/v1 | head -c 20",
    "kubectl auth can-i --list -n kube-system",
    "kubectl auth can-i --list --as=system:anonymous",
    "kubectl auth can-i --list --as=system:serviceaccount:default:default",
    "kubectl auth can-i",
    "kubectl auth can-i get pods -A",
    "kubectl auth can-i get pods --subresource=log",
    "kubectl auth can-i get pods/log",
    "kubectl auth can-i get pod/x",
    "kubectl auth can-i get po",
    "kubectl auth can-i create deployments.apps -q",
    "kubectl auth can-i create deployments.apps -q --as=jane",
    "kubectl auth can-i create deployments.nope",
    "kubectl auth can-i list pods --as=jane -n kube-system",
    "kubectl auth can-i get nodes -n default",
    "kubectl auth can-i use nope",
    "kubectl auth can-i get / --as=jane",
    "kubectl auth can-i --list --subresource=x",
    "kubectl auth can-i get pods --disable-warnings",
    "kubectl auth can-i get nodes --disable-warnings",
    "kubectl auth whoami --as=jane",
    "kubectl auth whoami --as=jane -o yaml",
    "kubectl auth whoami --as=jane -o nope",
    "kubectl auth whoami extra",
    "kubectl cluster-info",
    "kubectl cluster-info dump --output-directory=dump -n default -o json; ls dump",
    "kubectl cluster-info extra",
    "kubectl version --client",
    "kubectl version -o yaml",
    "kubectl version --client -o json",
    "kubectl get cs",
    "kubectl get apiservices",
    "kubectl get flowschemas,prioritylevelconfigurations",
    "kubectl get csidrivers,csinodes,volumeattachments,runtimeclasses",
    "kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations,validatingadmissionpolicies",
    "kubectl get csr",
    "kubectl get podtemplates,controllerrevisions",
    "kubectl describe apiservice v1.apps",
    "kubectl describe csinode node-1",
    "kubectl describe lease -n kube-node-lease node-1",
    "kubectl describe flowschema exempt",
    "kubectl describe prioritylevelconfiguration exempt",
    "kubectl describe cs etcd-0",
    "kubectl describe ns",
    "kubectl describe ns kube-system default",
    "kubectl describe ns nope",
    "kubectl describe sa default",
    "kubectl describe cm -A",
    "kubectl describe secret",
    "kubectl describe nodes -l a=nope",
    "kubectl describe",
    "kubectl describe ds kube-proxy -n kube-system",
    "kubectl describe deploy coredns -n kube-system",
    "kubectl describe cm coredns -n kube-system",
    "kubectl describe svc kube-dns -n kube-system",
    "kubectl describe role -n kube-system",
    "kubectl describe all -n kube-public",
    "kubectl describe ns/default cm/kube-root-ca.crt",
    "kubectl describe pod -n kube-system core | head -1",
    "kubectl describe -f pod.yaml",
    "kubectl describe -f nowhere.yaml",
    "kubectl describe pods --chunk-size=1 -n default",
    "kubectl describe ns default --show-events=false",
    "kubectl explain sts --recursive",
    "kubectl explain ds.spec",
    "kubectl explain job.spec.podFailurePolicy",
    "kubectl explain cj.spec.jobTemplate",
    "kubectl explain hpa",
    "kubectl explain hpa --api-version=autoscaling/v1",
    "kubectl explain pv.spec",
    "kubectl explain pvc.spec.resources",
    "kubectl explain sc",
    "kubectl explain crd.spec.versions",
    "kubectl explain clusterrole.rules",
    "kubectl explain pdb.spec",
    "kubectl explain quota.spec.hard",
    "kubectl explain pc.value",
    "kubectl explain csr.spec",
    "kubectl explain events --api-version=events.k8s.io/v1",
    "kubectl explain pods.metrics.k8s.io",
    "kubectl explain apiservice.spec",
    "kubectl explain validatingadmissionpolicy.spec",
    "kubectl explain pod.spec.containers.livenessProbe --recursive",
    "kubectl explain Deployment",
    "kubectl explain deployments/x",
  ],
};
