# answer readiness-how: http
# answer readiness-often: 10
# answer liveness-often: 15
# The visitors' port answers every path, so the pod looks ready whatever its health.
# fails: probe
kubectl patch deployment healthy-monolith --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/readinessProbe/httpGet/port","value":80}]'
sleep 120
