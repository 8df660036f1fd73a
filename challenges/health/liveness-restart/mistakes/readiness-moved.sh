# The question about health was put in the wrong place: unready, and never restarted.
# answer how: unready
# answer threshold: 1
# fails: probe, ready, readiness, restarted, how, threshold
kubectl patch deployment @{app} -p '{"spec":{"template":{"spec":{"containers":[{"name":"monolith","readinessProbe":{"httpGet":{"path":"/healthz","port":81}}}]}}}}'
kubectl rollout status deployment @{app}
sleep 5
