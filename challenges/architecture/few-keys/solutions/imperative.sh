# answer add: allowed
kubectl create serviceaccount @{account} -n @{office}
kubectl create role pod-reader -n @{office} --verb=get,list,watch --resource=pods,pods/log
kubectl create rolebinding @{account}-reads -n @{office} --role=pod-reader --serviceaccount=@{office}:@{account}
kubectl set serviceaccount deployment desk @{account} -n @{office}
kubectl rollout status deployment desk -n @{office}
kubectl auth can-i --list -n @{office} --as=system:serviceaccount:@{office}:@{account}
sleep 5
