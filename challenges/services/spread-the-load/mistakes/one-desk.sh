# One pod exposed: a counter with a single desk behind it, and nobody takes over.
# answer way: address, name, rule, pod
# answer replaced: same
# fails: service, spread, replaced, way, successor
n=0
for pod in $(kubectl get pods -l app=@{app} -o jsonpath='{.items[*].metadata.name}'); do
  n=$((n + 1))
  kubectl exec $pod -- sh -c "echo web$n > /usr/share/nginx/html/index.html"
  kubectl label pod $pod desk=$n
done
kubectl create service clusterip @{service} --tcp=@{port}:80
kubectl set selector service @{service} app=@{app},desk=2
sleep 3
