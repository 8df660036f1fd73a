# A monolith of one's own gives tokens that the first one does not believe.
# answer issuer: auth.service
# answer way: api, kubectl, kubelet, pod
# fails: opens, way
kubectl run monolith-2 --image=udacity/example-monolith:1.0.0 -- -http=0.0.0.0:80 -secret=mine
kubectl wait --for=condition=Ready pod/monolith-2
kubectl port-forward monolith-2 @{local}:80 > forward.log &
sleep 1
kubectl create secret generic @{pass} --from-literal=token=$(curl -s -u user:password http://127.0.0.1:@{local}/login | jq -r .token)
