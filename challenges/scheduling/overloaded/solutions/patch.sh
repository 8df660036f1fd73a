# answer measure: requests
# answer qos: guaranteed
kubectl scale deployment @{greedy} --replicas=0
kubectl patch deployment @{greedy} --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/resources/requests","value":{"cpu":"0.25","memory":"128Mi"}}]'
kubectl scale deployment @{greedy} --replicas=2
kubectl rollout status deployment/@{greedy} --timeout=60s
kubectl rollout status deployment/@{app} --timeout=60s
sleep 20
