# answer how: container
# answer threshold: 3
kubectl patch deployment @{app} -p '{"spec":{"template":{"spec":{"containers":[{"name":"monolith","livenessProbe":{"httpGet":{"path":"/healthz","port":81},"initialDelaySeconds":5,"periodSeconds":@{period},"timeoutSeconds":5}}]}}}}'
kubectl rollout status deployment @{app}
sleep 5
