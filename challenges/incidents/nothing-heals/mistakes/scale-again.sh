# answer cause: scheduler
# fails: running, heals, cause
kubectl scale deployment @{app} --replicas=0
sleep 5
kubectl scale deployment @{app} --replicas=@{replicas}
sleep 90
