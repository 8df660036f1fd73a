# Nobody listens on the pods' port @{port}.
# answer way: name, address, rule, pod
# answer replaced: image
# fails: spread, replaced
n=0
for pod in $(kubectl get pods -l app=@{app} -o jsonpath='{.items[*].metadata.name}'); do
  n=$((n + 1))
  kubectl exec $pod -- sh -c "echo web$n > /usr/share/nginx/html/index.html"
done
kubectl expose deployment @{app} --name=@{service} --port=@{port} --target-port=@{port}
sleep 3
