# answer cause: @{culprit}
kubectl get events
@{if culprit=scheduler}
ssh control-plane cp /etc/kubernetes/kube-scheduler.yaml /etc/kubernetes/manifests/kube-scheduler.yaml
sleep 60
@{end}
@{if culprit=request}
kubectl patch deployment @{app} --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/resources/requests/cpu","value":"100m"}]'
@{end}
@{if culprit=selector}
kubectl patch deployment @{app} --type=json -p '[{"op":"remove","path":"/spec/template/spec/nodeSelector"}]'
@{end}
kubectl rollout status deployment/@{app} --timeout=300s
