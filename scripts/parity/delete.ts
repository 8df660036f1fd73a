import type { Area } from "./frame/area";
import { RUNNING, RUNNING_FILES } from "./frame/files";

export const remove: Area = {
  name: "delete",
  files: RUNNING_FILES,
  setup: [
    ...RUNNING,
    "kubectl create deployment web --image=nginx --replicas=2",
    "kubectl run one --image=busybox --restart=Never --command -- sleep 100000",
    "kubectl wait --for=condition=Ready pod/one --timeout=60s",
    "kubectl create secret generic s1 --from-literal=user=admin",
    "kubectl create secret generic reg --from-literal=user=admin",
    "kubectl create namespace team",
    "kubectl create service clusterip cip --tcp=80:8080",
    "kubectl rollout status deploy web --timeout=60s",
  ],
  lines: [
    "kubectl delete pod talker",
    "kubectl delete pod talker",
    "kubectl delete pod talker --ignore-not-found",
    "kubectl delete pod one --now",
    "kubectl delete -f web.yaml",
    "kubectl delete -f web.yaml",
    "kubectl delete configmap --all",
    "kubectl delete secret s1 --dry-run=client",
    "kubectl delete secret s1 --dry-run=server",
    "kubectl delete secret s1 reg",
    "kubectl delete deploy web --cascade=orphan",
    "kubectl get rs,pods",
    "kubectl delete rs -l app=web",
    "kubectl delete ns team",
    "kubectl delete ns default",
    "kubectl delete node nope",
    "kubectl delete pods",
    "kubectl delete svc cip np ext lb web",
    "kubectl get svc",
  ],
};
