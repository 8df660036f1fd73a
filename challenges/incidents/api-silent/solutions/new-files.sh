# answer culprit: @{culprit}
# answer went-on: restarts, requests
@{if culprit=etcd-gone}
ssh control-plane cat /etc/kubernetes/etcd.yaml.old > etcd.yaml
cat etcd.yaml | ssh control-plane 'cat > /etc/kubernetes/manifests/etcd.yaml'
@{else}
ssh control-plane cat /etc/kubernetes/manifests/kube-apiserver.yaml > api.yaml
sed -i 's/2397/2379/; s/priviledged/privileged/' api.yaml
ssh control-plane rm /etc/kubernetes/manifests/kube-apiserver.yaml
sleep 30
cat api.yaml | ssh control-plane 'cat > /etc/kubernetes/manifests/kube-apiserver.yaml'
@{end}
sleep 120
