# An address works until it is another's.
# answer search: @{service}.@{client}.svc.cluster.local
# answer nameserver: pod
# fails: url, neighbour, external, moved, nameserver
kubectl exec -n @{client} caller -- sh -c "echo http://$(kubectl get service @{service} -n @{server} -o jsonpath='{.spec.clusterIP}'):@{port} > /tmp/url"
kubectl create service clusterip neighbour -n @{client} --tcp=@{port}:5678
sleep 35
