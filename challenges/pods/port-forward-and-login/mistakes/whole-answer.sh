# The JSON around the token is no token.
# answer issuer: user
# answer way: kubectl, api, kubelet, pod
# fails: opens, issuer
kubectl port-forward monolith @{local}:80 > forward.log &
sleep 1
curl -s -u user:password http://127.0.0.1:@{local}/login > token
kubectl create secret generic @{pass} --from-file=token
