# An account of that name in another namespace has the key.
# answer add: last
# fails: looks, reads, add
kubectl create serviceaccount @{account} -n @{office}
kubectl create role pod-reader -n @{office} --verb=get,list,watch --resource=pods
kubectl create rolebinding desk -n @{office} --role=pod-reader --serviceaccount=default:@{account}
kubectl set serviceaccount deployment desk @{account} -n @{office}
kubectl rollout status deployment desk -n @{office}
sleep 5
