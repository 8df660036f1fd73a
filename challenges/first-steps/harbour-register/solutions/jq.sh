# answer biggest: @{big}
# answer namespace: @{where}
# answer static: apiserver, etcd, proxy
kubectl cluster-info
kubectl get nodes -o json | jq -r '.items[] | .metadata.name + " " + .status.capacity.cpu' | sort > register.txt
kubectl get pods -A -o json | jq -r '.items[].spec.containers[].image' | sort -u > images.txt
kubectl get pods -A -o wide
