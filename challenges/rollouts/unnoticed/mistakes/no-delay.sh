# answer running: started
# fails: kept
kubectl patch deployment @{app} -p '{"spec":{"strategy":{"rollingUpdate":{"maxUnavailable":0,"maxSurge":1}},"template":{"spec":{"containers":[{"name":"web","command":["nginx","-g","daemon off;","-q"],"readinessProbe":{"httpGet":{"path":"/","port":80},"periodSeconds":2}}]}}}}'
kubectl rollout status deployment/@{app} --timeout=180s
sleep 30
