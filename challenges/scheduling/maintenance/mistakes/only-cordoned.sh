# answer stowaway: bare
# answer crash: yes
# fails: empty, stowaway, crash, served
kubectl create pdb @{app} --selector=app=@{app} --max-unavailable=1
kubectl cordon @{node}
kubectl delete pod stowaway --now
sleep 20
