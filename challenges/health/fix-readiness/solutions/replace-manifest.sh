# answer readiness-how: http
# answer readiness-often: every 10 seconds
# answer liveness-often: 15s
kubectl get deployment healthy-monolith -o yaml | sed 's/port: 8181/port: health/' > fixed.yaml
kubectl apply -f fixed.yaml
sleep 120
