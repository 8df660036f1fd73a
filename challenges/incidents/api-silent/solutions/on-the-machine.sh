# answer culprit: @{culprit}
# answer went-on: requests, restarts
kubectl get pods
ssh control-plane crictl ps -a
@{if culprit=etcd-address}
ssh control-plane 'cd /etc/kubernetes/manifests; sed -i s/2397/2379/ kube-apiserver.yaml'
@{end}
@{if culprit=flag}
ssh control-plane 'cd /etc/kubernetes/manifests; sed -i s/priviledged/privileged/ kube-apiserver.yaml'
@{end}
@{if culprit=etcd-gone}
ssh control-plane mv /etc/kubernetes/etcd.yaml.old /etc/kubernetes/manifests/etcd.yaml
@{end}
sleep 120
kubectl get nodes
