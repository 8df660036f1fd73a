# The file lies on the control plane's machine, and the light burns there.
# answer who: kubelet
# answer static: etcd, apiserver, scheduler
# fails: mirror, deleted, alone
kubectl run @{name} --image=nginx:1.27 --dry-run=client -o yaml | ssh control-plane 'cat > /etc/kubernetes/manifests/@{name}.yaml'
sleep 40
