# answer stowaway: daemonsets, bare
# answer crash: no
# fails: budget, refuses
kubectl create pdb @{app} --selector=app=@{app}s --max-unavailable=1
sleep 2
kubectl drain @{node} --ignore-daemonsets --force --timeout=90s
kubectl rollout status deployment/@{app} --timeout=120s
sleep 5
