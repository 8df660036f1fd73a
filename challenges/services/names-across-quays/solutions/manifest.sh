# answer search: @{service}.@{client}.svc.cluster.local.
# answer nameserver: service
echo http://@{service}.@{server}.svc.cluster.local:@{port}/ > url
kubectl cp url @{client}/caller:/tmp/url
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Service
metadata:
  name: neighbour
  namespace: @{client}
spec:
  type: ExternalName
  externalName: @{service}.@{server}.svc.cluster.local
YAML
sleep 35
