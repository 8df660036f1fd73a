# answer culprit: @{culprit}
kubectl delete rolebinding desk-reads -n @{office}
kubectl delete role pod-reader -n @{office}
kubectl create role lists-pods -n @{office} --verb=get,list,watch --resource=pods
kubectl create rolebinding desk-lists -n @{office} --role=lists-pods --serviceaccount=@{office}:@{account}
kubectl get deployment desk -n @{office} -o yaml > desk.yaml
sed -i 's/^      containers:/      serviceAccountName: @{account}\n      containers:/; /^      serviceAccount: /d' desk.yaml
@{if culprit!=account-unset}
kubectl get deployment desk -n @{office} -o yaml > desk.yaml
@{end}
kubectl replace -f desk.yaml
kubectl rollout status deployment desk -n @{office}
sleep 5
