# answer part: kubelet
# answer taint: NoExecute
# fails: ready, open, stays
kubectl taint node @{node} node.kubernetes.io/unreachable-
kubectl uncordon @{node}
sleep 60
