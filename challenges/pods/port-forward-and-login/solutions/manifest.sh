# answer issuer: auth.service
# answer way: kubectl, api, kubelet, pod
kubectl port-forward pod/monolith @{local}:80 > forward.log &
sleep 2
curl -s -u user:password http://127.0.0.1:@{local}/login > login.json
kubectl apply -f - <<YAML
apiVersion: v1
kind: Secret
metadata:
  name: @{pass}
stringData:
  token: $(jq -r .token login.json)
YAML
