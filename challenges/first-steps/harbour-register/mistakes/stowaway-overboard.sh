# The list of the own namespace is empty, and the stowaway swims.
# answer biggest: @{big}
# answer namespace: @{where}
# answer static: apiserver, etcd, proxy, stowaway
# fails: images, untouched, static
kubectl get nodes -o json | jq -r '.items[] | .metadata.name + " " + .status.capacity.cpu' | sort > register.txt
kubectl get pods -o json | jq -r '.items[].spec.containers[].image' | sort -u > images.txt
kubectl delete pod @{stowaway} -n @{where} --grace-period=1
