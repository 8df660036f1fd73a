# The key was given to default, who had the desk anyway.
# answer add: denied
# fails: account, reads, nowhere-else, add
kubectl create serviceaccount @{account} -n @{office}
kubectl create role pod-reader -n @{office} --verb=get,list,watch --resource=pods,pods/log
kubectl create rolebinding desk -n @{office} --role=pod-reader --serviceaccount=@{office}:default
sleep 5
