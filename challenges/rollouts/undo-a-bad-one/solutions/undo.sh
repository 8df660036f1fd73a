# answer still-there: budget
# answer next-revision: 3
sh next.sh
sleep 30
kubectl get pods
kubectl rollout undo deployment/@{app}
kubectl rollout status deployment/@{app} --timeout=120s
sleep 20
