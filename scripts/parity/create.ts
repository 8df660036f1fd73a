import type { Area } from "./frame/area";
import { POD } from "./frame/files";

export const create: Area = {
  name: "create",
  files: { "pod.yaml": POD },
  lines: [
    "kubectl create deployment web --image=nginx --replicas=2",
    "kubectl create deployment web --image=nginx",
    "kubectl rollout status deployment/web --timeout=60s",
    "kubectl create namespace team",
    "kubectl create namespace team",
    "kubectl create namespace Bad_Name",
    "kubectl create configmap c1 --from-literal=a=b --from-literal=c=d",
    "kubectl create configmap c2 --from-file=pod.yaml",
    "kubectl create configmap c2 --from-literal=a=b",
    "kubectl create secret generic s1 --from-literal=user=admin",
    "kubectl create secret docker-registry reg --docker-server=r.example --docker-username=u --docker-password=p",
    "kubectl create serviceaccount robot",
    "kubectl create service clusterip cip --tcp=80:8080",
    "kubectl create service nodeport np --tcp=80 --node-port=30123",
    "kubectl create service nodeport np2 --tcp=80 --node-port=30123",
    "kubectl create service externalname ext --external-name=example.com",
    "kubectl create service loadbalancer lb --tcp=80",
    "kubectl expose deployment web --port=80",
    "kubectl expose deployment web --port=80",
    "kubectl expose deployment nope --port=80",
    "kubectl run one --image=busybox --restart=Never --command -- sleep 100000",
    "kubectl run bad --image=Not/An:Image:x",
    "kubectl wait --for=condition=Ready pod/one --timeout=60s",
    "kubectl wait --for=condition=Ready pod/nope --timeout=5s",
  ],
};
