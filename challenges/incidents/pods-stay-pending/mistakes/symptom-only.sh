# answer cause: @{culprit}
@{if culprit=scheduler}
# fails: newcomers
kubectl patch deployment @{app} -p '{"spec":{"template":{"spec":{"nodeName":"node-1"}}}}'
kubectl rollout status deployment/@{app} --timeout=120s
@{end}
@{if culprit=request}
# fails: requests
kubectl patch deployment @{app} --type=json -p '[{"op":"remove","path":"/spec/template/spec/containers/0/resources/requests"}]'
kubectl rollout status deployment/@{app} --timeout=120s
@{end}
@{if culprit=selector}
# fails: running, newcomers
kubectl label nodes node-1 node-2 berth=somewhere
sleep 60
@{end}
