# answer way: name, address, rule, pod
# answer replaced: image
n=0
for pod in $(kubectl get pods -l app=@{app} -o jsonpath='{.items[*].metadata.name}'); do
  n=$((n + 1))
  kubectl exec $pod -- /bin/bash -c "echo web$n > /usr/share/nginx/html/index.html"
done
kubectl get pods -o wide
kubectl expose deployment @{app} --name=@{service} --port=@{port} --target-port=80
kubectl describe service @{service}
