# Names are back, on a single leg.
# answer culprit: @{wrong}
# fails: servers, culprit
@{if culprit=selector}
kubectl set selector service kube-dns k8s-app=kube-dns -n kube-system
@{end}
@{if culprit=policy}
kubectl delete networkpolicy quiet-night -n kube-system
@{end}
@{if culprit=zone}
kubectl get configmap coredns -n kube-system -o yaml | sed 's/cluster.harbour/cluster.local/' | kubectl apply -f -
@{end}
kubectl scale deployment coredns -n kube-system --replicas=0
kubectl scale deployment coredns -n kube-system --replicas=1
sleep 60
