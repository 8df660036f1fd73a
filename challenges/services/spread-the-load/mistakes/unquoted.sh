# The page was opened by the learner's own shell, and every desk looks the same.
# answer way: name, address, rule, pod
# answer replaced: image
# fails: pages, spread
mkdir -p /usr/share/nginx/html
for pod in $(kubectl get pods -l app=@{app} -o jsonpath='{.items[*].metadata.name}'); do
  kubectl exec $pod -- echo web1 > index.html
done
kubectl expose deployment @{app} --name=@{service} --port=@{port} --target-port=80
sleep 3
