import type { Area } from "./frame/area";

const RBAC_FILE = `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: mixed
rules:
- apiGroups: ["", "apps"]
  resources: ["pods", "deployments/scale"]
  verbs: ["get", "list", "get"]
- apiGroups: [""]
  resources: ["configmaps"]
  resourceNames: ["a", "b"]
  verbs: ["*"]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: mixed
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: mixed
subjects:
- kind: User
  name: jane
  apiGroup: rbac.authorization.k8s.io
- kind: ServiceAccount
  name: default
  namespace: kube-public
`;
const BAD_FILE = `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: bad
rules:
- resources: ["pods"]
- nonResourceURLs: ["/x"]
  verbs: ["get"]
`;

export const authz: Area = {
  name: "authz",
  files: { "rbac.yaml": RBAC_FILE, "bad.yaml": BAD_FILE },
  setup: [],
  lines: [
    "kubectl get clusterroles -o name",
    "kubectl get clusterrolebindings -o wide",
    "kubectl get roles,rolebindings -A",
    "kubectl describe clusterrole admin",
    "kubectl describe clusterrole system:discovery cluster-admin view",
    "kubectl describe clusterrolebinding cluster-admin system:public-info-viewer system:node",
    "kubectl get clusterrole edit -o yaml",
    "kubectl apply -f rbac.yaml",
    "kubectl apply -f rbac.yaml",
    "kubectl apply -f bad.yaml",
    "kubectl get role,rolebinding -o wide",
    "kubectl describe role mixed",
    "kubectl describe rolebinding mixed",
    'kubectl patch rolebinding mixed --type=merge -p \'{"roleRef":{"name":"other"}}\'',
    "kubectl auth can-i list pods --as=jane",
    "kubectl auth can-i delete pods --as=jane",
    "kubectl auth can-i get configmaps/a --as=jane",
    "kubectl auth can-i get configmaps/c --as=jane",
    "kubectl auth can-i get deployments.apps --subresource=scale --as=jane",
    "kubectl auth can-i list nodes",
    "kubectl auth can-i list nodes --as=jane -q",
    "kubectl auth can-i list nodes -A",
    "kubectl auth can-i approve signers",
    "kubectl auth can-i fly pods",
    "kubectl auth can-i get /healthz --as=system:anonymous",
    "kubectl auth can-i get /metrics --as=jane",
    "kubectl auth can-i jump /metrics",
    "kubectl auth can-i get /x --subresource=log",
    "kubectl auth can-i '*' '*'",
    "kubectl auth can-i '*' '*' --as=jane",
    "kubectl auth can-i get",
    "kubectl auth can-i get pods more",
    "kubectl auth can-i impersonate users",
    "kubectl auth can-i get nothings.example.com",
    "kubectl auth can-i --list",
    "kubectl auth can-i --list --as=jane",
    "kubectl auth can-i --list --as=jane --no-headers",
    "kubectl auth can-i --list -A",
    "kubectl auth can-i --list pods",
    "kubectl auth can-i get pods --no-headers",
    "kubectl auth whoami --as=jane --as-group=devs",
    "kubectl auth whoami --as=system:serviceaccount:default:default",
    "kubectl auth whoami --as=jane -o jsonpath='{.status.userInfo}'",
    "kubectl get pods --as=jane",
    "kubectl get nodes --as=jane",
    "kubectl get deployments --as=jane",
    "kubectl create configmap x --as=jane",
    "kubectl delete pod x --as=jane",
    "kubectl create role r1 --verb=get,list --resource=pods,pods/log,deploy.apps --resource-name=a",
    "kubectl create role r2 --verb=get --resource=rs.apps --dry-run=client -o yaml",
    "kubectl create role r3 --verb=fly --resource=pods --dry-run=client -o yaml",
    "kubectl create role r4 --verb=bind --resource=pods",
    "kubectl create role r5 --verb=get --resource=nothings",
    "kubectl create role r6 --verb=get",
    "kubectl create role r7 --resource=pods",
    "kubectl create role r1 --verb=get --resource=pods",
    "kubectl create clusterrole c1 --verb=get --resource=nodes --non-resource-url=/logs/*",
    "kubectl create clusterrole c2 --verb=get --non-resource-url=logs",
    "kubectl create clusterrole c3 --aggregation-rule=a=b --dry-run=client -o yaml",
    "kubectl create clusterrole c3 --aggregation-rule=a=b --verb=get",
    "kubectl create clusterrole c4 --verb=get",
    "kubectl create rolebinding b1 --role=r1 --user=jane --group=devs --serviceaccount=default:robot -o yaml --dry-run=client",
    "kubectl create rolebinding b1 --clusterrole=view --user=jane",
    "kubectl create rolebinding b1 --clusterrole=view --user=jane",
    "kubectl create rolebinding b2 --clusterrole=view --role=r1",
    "kubectl create rolebinding b2 --role=r1 --serviceaccount=robot",
    "kubectl create clusterrolebinding cb1 --clusterrole=view --user=jane --user=joe",
    "kubectl create clusterrolebinding cb2 --user=jane",
    "kubectl create rolebinding b3 --clusterrole=cluster-admin --user=jane --as=jane",
    "kubectl get clusterrolebinding cb1 -o wide",
    "kubectl delete role r1",
    "kubectl delete clusterrole c1",
  ],
};
