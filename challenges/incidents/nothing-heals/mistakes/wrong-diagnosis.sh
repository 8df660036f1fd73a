# answer cause: kubelet
# fails: cause
@{if culprit=controller-manager}
ssh control-plane mv /etc/kubernetes/kube-controller-manager.yaml /etc/kubernetes/manifests/
sleep 90
@{end}
@{if culprit=paused}
kubectl rollout resume deployment/@{app}
@{end}
@{if culprit=quota}
kubectl delete quota harbour-dues
kubectl rollout restart deployment/@{app}
@{end}
kubectl rollout status deployment/@{app} --timeout=300s
