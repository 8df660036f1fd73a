# The ready-made role "view", given in the whole cluster: pods, but also ConfigMaps, and everywhere.
# answer add: allowed
# fails: no-more, nowhere-else
kubectl create serviceaccount @{account} -n @{office}
kubectl create clusterrolebinding desk --clusterrole=view --serviceaccount=@{office}:@{account}
kubectl set serviceaccount deployment desk @{account} -n @{office}
kubectl rollout status deployment desk -n @{office}
sleep 5
