# answer cause: @{culprit}
# fails: sign
@{if culprit=image}
kubectl set image deployment/@{app} web=nginx:1.25
@{end}
kubectl patch deployment @{app} -p '{"spec":{"template":{"spec":{"containers":[{"name":"web","env":[{"name":"SIGN","value":"Open from dawn to dusk","valueFrom":null}],"readinessProbe":{"httpGet":{"port":80}}}]}}}}'
kubectl rollout status deployment/@{app} --timeout=120s
sleep 20
