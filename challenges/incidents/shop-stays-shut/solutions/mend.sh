# answer cause: @{culprit}
kubectl get pods
@{if culprit=image}
kubectl set image deployment/@{app} web=nginx:1.25
@{end}
@{if culprit=probe}
kubectl patch deployment @{app} --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/readinessProbe/httpGet/port","value":80}]'
@{end}
@{if culprit=config}
kubectl patch configmap @{app}-sign --type=json -p '[{"op":"move","from":"/data/sing","path":"/data/sign"}]'
@{end}
kubectl rollout status deployment/@{app} --timeout=120s
sleep 10
