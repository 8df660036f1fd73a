# answer measure: requests
# answer qos: guaranteed
# fails: untouched, greedy
kubectl set resources deployment @{app} --requests=cpu=10m,memory=16Mi --limits=cpu=20m,memory=64Mi
kubectl rollout status deployment/@{app} --timeout=60s
sleep 20
