# answer culprit: @{culprit}
@{if culprit=replicas}
kubectl patch deployment coredns -n kube-system -p '{"spec":{"replicas":3}}'
@{end}
@{if culprit=selector}
kubectl patch service kube-dns -n kube-system -p '{"spec":{"selector":{"k8s-app":"kube-dns"}}}'
@{end}
@{if culprit=policy}
kubectl patch networkpolicy quiet-night -n kube-system --type=merge -p '{"spec":{"podSelector":{"matchLabels":{"k8s-app":"kube-dns"}},"ingress":[{"ports":[{"port":53,"protocol":"UDP"},{"port":53,"protocol":"TCP"}]}]}}'
@{end}
@{if culprit=zone}
kubectl get configmap coredns -n kube-system -o json | sed 's/cluster.harbour/cluster.local/' > names.json
kubectl replace -f names.json
kubectl delete pods -n kube-system -l k8s-app=kube-dns
@{end}
sleep 60
