# answer part: kubelet
# answer taint: noexecute
kubectl describe node @{node} | grep -A4 Taints
ssh @{node} journalctl -u kubelet --no-pager | tail -3
ssh @{node} systemctl enable --now kubelet
kubectl wait --for=condition=Ready node/@{node} --timeout=120s
sleep 10
