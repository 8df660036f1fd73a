# A pod for that node, and yet only an order: deleted, it is gone.
# answer who: scheduler
# answer static: etcd, apiserver, scheduler, proxy
# fails: mirror, deleted, who, static
kubectl run @{name}-@{node} --image=nginx:1.27 --overrides='{"spec":{"nodeName":"@{node}"}}'
kubectl wait --for=condition=Ready pod/@{name}-@{node} --timeout=60s
