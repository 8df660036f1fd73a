# answer still-there: undo
# answer next-revision: 1
# fails: tried, back, next-update, still-there, next-revision
sh next.sh
kubectl rollout pause deployment/@{app}
sleep 60
