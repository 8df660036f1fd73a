# answer readiness-how: running
# answer readiness-often: 15
# fails: readiness-how, readiness-often, liveness-often
kubectl patch deployment healthy-monolith --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/readinessProbe/httpGet/port","value":81}]'
sleep 120
