# answer cause: @{culprit}
kubectl get pods -o wide
@{if culprit=scheduler}
ssh control-plane mv /etc/kubernetes/kube-scheduler.yaml /etc/kubernetes/manifests/
sleep 60
@{end}
@{if culprit=request}
kubectl set resources deployment @{app} --requests=cpu=100m
@{end}
@{if culprit=selector}
kubectl label nodes node-1 node-2 berth=@{berth}
@{end}
kubectl rollout status deployment/@{app} --timeout=300s
