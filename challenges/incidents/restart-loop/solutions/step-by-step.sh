# answer culprit: @{culprit}
kubectl get pods
kubectl describe pods -l app=@{app}
@{if culprit=config}
kubectl get configmap @{app} -o yaml | sed 's/watch-word/watchword/' | kubectl apply -f -
@{end}
@{if culprit=memory}
kubectl set resources deployment @{app} --limits=cpu=200m,memory=16Mi
@{end}
@{if culprit=probe}
kubectl patch deployment @{app} -p '{"spec":{"template":{"spec":{"containers":[{"name":"engine","livenessProbe":{"httpGet":{"port":81}}}]}}}}'
@{end}
@{if culprit=arguments}
kubectl patch deployment @{app} --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/args/0","value":"-http=0.0.0.0:80"}]'
@{end}
kubectl rollout status deployment @{app} --timeout=300s
sleep 15
