# answer cause: @{culprit}
kubectl get deployments,replicasets,pods
@{if culprit=controller-manager}
ssh control-plane mv /etc/kubernetes/kube-controller-manager.yaml /etc/kubernetes/manifests/
sleep 90
@{end}
@{if culprit=paused}
kubectl rollout resume deployment/@{app}
@{end}
@{if culprit=quota}
kubectl patch quota harbour-dues -p '{"spec":{"hard":{"pods":"20"}}}'
sleep 5
kubectl rollout restart deployment/@{app}
@{end}
kubectl rollout status deployment/@{app} --timeout=300s
