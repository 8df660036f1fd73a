# answer culprit: @{wrong}
# answer went-on: requests
# fails: culprit, went-on
@{if culprit=etcd-gone}
ssh control-plane mv /etc/kubernetes/etcd.yaml.old /etc/kubernetes/manifests/etcd.yaml
@{else}
ssh control-plane "sed -i 's/2397/2379/; s/priviledged/privileged/' /etc/kubernetes/manifests/kube-apiserver.yaml"
@{end}
sleep 120
