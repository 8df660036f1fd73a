# answer readiness-how: http
# answer readiness-often: 10
# answer liveness-often: 15
# fails: probe
kubectl patch deployment healthy-monolith --type=json -p '[{"op":"remove","path":"/spec/template/spec/containers/0/readinessProbe"}]'
sleep 120
