# answer who: kubelet
# answer static: etcd, apiserver, scheduler
kubectl run @{name} --image=nginx:1.27 --dry-run=client -o yaml | ssh @{node} 'cat > /etc/kubernetes/manifests/@{name}.yaml'
sleep 40
kubectl get pods -o wide
