# The registrar may now do everything, everywhere.
# answer culprit: @{culprit}
# fails: no-more
kubectl create clusterrolebinding desk --clusterrole=cluster-admin --serviceaccount=@{office}:@{account}
kubectl set serviceaccount deployment desk @{account} -n @{office}
kubectl rollout status deployment desk -n @{office}
sleep 5
