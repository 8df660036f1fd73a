# answer measure: requests
# answer qos: guaranteed
# fails: app, greedy, room
kubectl scale deployment @{app} --replicas=2
sleep 20
