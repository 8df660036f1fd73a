# answer biggest: @{big}
# answer namespace: @{where}
# answer static: etcd, apiserver, proxy
kubectl get nodes --no-headers --sort-by=.metadata.name -o custom-columns=NAME:.metadata.name,CPU:.status.capacity.cpu > register.txt
kubectl get pods --all-namespaces -o jsonpath='{.items[*].spec.containers[*].image}' | tr ' ' '\n' | sort | uniq > images.txt
kubectl get pods -A --field-selector metadata.name=@{stowaway}
