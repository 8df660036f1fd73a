# answer stowaway: daemonsets, bare
# answer crash: no
kubectl create pdb @{app} --selector=app=@{app} --max-unavailable=1
sleep 2
kubectl drain @{node} --ignore-daemonsets --force --timeout=300s
kubectl rollout status deployment/@{app} --timeout=120s
sleep 5
