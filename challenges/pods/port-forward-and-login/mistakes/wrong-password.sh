# answer issuer: auth.service
# answer way: kubectl, api, kubelet, pod
# fails: kept, opens
kubectl port-forward monolith @{local}:80 > forward.log &
sleep 1
curl -s -u user:secret http://127.0.0.1:@{local}/login
kubectl create secret generic @{pass} --from-literal=token=
