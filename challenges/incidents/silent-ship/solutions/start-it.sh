# answer part: kubelet
# answer taint: NoExecute
kubectl get nodes
ssh @{node} systemctl status kubelet | head -3
ssh @{node} systemctl start kubelet
sleep 60
