# answer how: container
# answer threshold: 3
# fails: probe
kubectl patch deployment @{app} -p '{"spec":{"template":{"spec":{"containers":[{"name":"monolith","livenessProbe":{"httpGet":{"path":"/healthz","port":81}, "periodSeconds":5}}]}}}}'
kubectl rollout status deployment @{app}
sleep 5
