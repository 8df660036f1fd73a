# answer measure: requests
# answer qos: Guaranteed
kubectl describe node node-1
kubectl set resources deployment @{greedy} --requests=cpu=250m,memory=128Mi
kubectl rollout status deployment/@{greedy} --timeout=60s
kubectl rollout status deployment/@{app} --timeout=60s
sleep 20
