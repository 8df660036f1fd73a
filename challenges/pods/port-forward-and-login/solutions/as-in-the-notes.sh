# answer issuer: auth.service
# answer way: kubectl, api, kubelet, pod
kubectl port-forward monolith @{local}:80 &
sleep 1
curl http://127.0.0.1:@{local}
curl http://127.0.0.1:@{local}/secure
TOKEN=$(curl -s -u user:password http://127.0.0.1:@{local}/login | jq -r .token)
curl -H "Authorization: Bearer $TOKEN" http://127.0.0.1:@{local}/secure
kubectl create secret generic @{pass} --from-literal=token=$TOKEN
kill %1
