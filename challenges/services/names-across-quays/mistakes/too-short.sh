# Both names end at the nearest one.
# answer search: @{service}.@{server}.svc.cluster.local
# answer nameserver: node
# fails: url, neighbour, moved, search, nameserver
kubectl exec -n @{client} caller -- sh -c 'echo http://@{service}:@{port} > /tmp/url'
kubectl create service externalname neighbour -n @{client} --external-name @{service}.@{client}.svc.cluster.local
sleep 35
