# answer stowaway: daemonsets, bare
# answer crash: no
# fails: budget, refuses
kubectl drain @{node} --ignore-daemonsets --force --timeout=300s
kubectl rollout status deployment/@{app} --timeout=120s
sleep 5
