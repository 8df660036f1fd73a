# Only the first container of each pod, and of the nodes what is left for pods.
# answer biggest: control-plane
# answer namespace: default
# answer static: apiserver, etcd
# fails: register, images, biggest, namespace, static
kubectl get nodes -o json | jq -r '.items[] | .metadata.name + " " + .status.allocatable.memory' > register.txt
kubectl get pods -A -o json | jq -r '.items[].spec.containers[0].image' | sort -u > images.txt
