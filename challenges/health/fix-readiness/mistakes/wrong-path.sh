# answer readiness-how: http
# answer readiness-often: 10
# answer liveness-often: 15
# fails: ready, probe, answers
kubectl patch deployment healthy-monolith --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/readinessProbe/httpGet","value":{"path":"/ready","port":81}}]'
sleep 120
