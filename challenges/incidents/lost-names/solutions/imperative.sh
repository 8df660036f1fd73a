# answer culprit: @{culprit}
kubectl exec clerk -- cat /etc/resolv.conf
kubectl get deployment,service,endpoints,networkpolicy -n kube-system
@{if culprit=replicas}
kubectl scale deployment coredns -n kube-system --replicas=2
@{end}
@{if culprit=selector}
kubectl set selector service kube-dns k8s-app=kube-dns -n kube-system
@{end}
@{if culprit=policy}
kubectl delete networkpolicy quiet-night -n kube-system
@{end}
@{if culprit=zone}
kubectl get configmap coredns -n kube-system -o yaml | sed 's/cluster.harbour/cluster.local/' | kubectl apply -f -
kubectl rollout restart deployment coredns -n kube-system
@{end}
kubectl rollout status deployment coredns -n kube-system
sleep 10
