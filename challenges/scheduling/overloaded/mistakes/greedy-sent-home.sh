# answer measure: use
# answer qos: Burstable
# fails: greedy, measure, qos
kubectl scale deployment @{greedy} --replicas=0
sleep 40
