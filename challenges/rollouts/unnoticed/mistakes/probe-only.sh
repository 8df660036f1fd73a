# answer running: listening
# fails: unnoticed, running
kubectl patch deployment @{app} -p '{"spec":{"template":{"spec":{"containers":[{"name":"web","readinessProbe":{"httpGet":{"path":"/","port":80},"periodSeconds":2}}]}}}}'
kubectl rollout status deployment/@{app} --timeout=180s
sleep 30
