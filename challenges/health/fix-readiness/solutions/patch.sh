# answer readiness-how: http
# answer readiness-often: 10
# answer liveness-often: 15 seconds
kubectl get pods,endpoints
kubectl patch deployment healthy-monolith --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/readinessProbe/httpGet/port","value":81}]'
kubectl rollout status deployment/healthy-monolith --timeout=180s
sleep 5
