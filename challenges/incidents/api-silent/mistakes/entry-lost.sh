# The door is open again, and somebody wrote over the book while at it.
# answer culprit: @{culprit}
# answer went-on: requests, restarts
# fails: kept
@{if culprit=etcd-gone}
ssh control-plane mv /etc/kubernetes/etcd.yaml.old /etc/kubernetes/manifests/etcd.yaml
@{else}
ssh control-plane "sed -i 's/2397/2379/; s/priviledged/privileged/' /etc/kubernetes/manifests/kube-apiserver.yaml"
@{end}
sleep 120
kubectl create configmap logbook --from-literal=entry=nothing-to-report --dry-run=client -o yaml | kubectl replace -f -
