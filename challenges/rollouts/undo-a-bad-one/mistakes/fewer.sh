# answer still-there: budget
# answer next-revision: 2
# fails: back, next-update, next-revision
sh next.sh
sleep 20
kubectl rollout undo deployment/@{app}
kubectl scale deployment @{app} --replicas=1
sleep 40
