# answer search: @{service}.@{client}.svc.cluster.local
# answer nameserver: service
kubectl exec -n @{client} caller -- cat /etc/resolv.conf
kubectl exec -n @{client} caller -- nslookup @{service}.@{server}.svc.cluster.local
kubectl exec -n @{client} caller -- sh -c 'echo http://@{service}.@{server}:@{port} > /tmp/url'
kubectl create service externalname neighbour -n @{client} --external-name @{service}.@{server}.svc.cluster.local
sleep 35
