# Port 80 answers as long as the program runs, whatever its health.
# answer how: pod
# answer threshold: 3
# fails: probe, restarted, how
kubectl patch deployment @{app} -p '{"spec":{"template":{"spec":{"containers":[{"name":"monolith","livenessProbe":{"httpGet":{"path":"/","port":80},"initialDelaySeconds":5,"periodSeconds":@{period},"timeoutSeconds":5}}]}}}}'
kubectl rollout status deployment @{app}
sleep 5
