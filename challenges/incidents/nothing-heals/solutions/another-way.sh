# answer cause: @{culprit}
kubectl describe deployment @{app}
@{if culprit=controller-manager}
ssh control-plane cp /etc/kubernetes/kube-controller-manager.yaml /etc/kubernetes/manifests/kube-controller-manager.yaml
sleep 90
@{end}
@{if culprit=paused}
kubectl patch deployment @{app} --type=merge -p '{"spec":{"paused":false}}'
@{end}
@{if culprit=quota}
kubectl delete quota harbour-dues
kubectl get deployment @{app} -o yaml > order.yaml
kubectl replace --force -f order.yaml
@{end}
kubectl rollout status deployment/@{app} --timeout=300s
