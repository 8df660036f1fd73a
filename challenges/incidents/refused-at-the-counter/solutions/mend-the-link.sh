# answer culprit: @{culprit}
kubectl exec -n @{office} deployment/desk -- sh /desk/list.sh
kubectl describe role,rolebinding -n @{office}
@{if culprit=subject}
kubectl patch rolebinding desk-reads -n @{office} --type=json -p '[{"op":"replace","path":"/subjects/0/namespace","value":"@{office}"}]'
@{end}
@{if culprit=verb}
kubectl patch role pod-reader -n @{office} --type=json -p '[{"op":"add","path":"/rules/0/verbs/-","value":"list"}]'
@{end}
@{if culprit=role-name}
kubectl delete rolebinding desk-reads -n @{office}
kubectl create rolebinding desk-reads -n @{office} --role=pod-reader --serviceaccount=@{office}:@{account}
@{end}
@{if culprit=account-unset}
kubectl set serviceaccount deployment desk @{account} -n @{office}
kubectl rollout status deployment desk -n @{office}
@{end}
sleep 5
