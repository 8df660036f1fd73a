# answer still-there: budget
# answer next-revision: 3
# fails: back
sh next.sh
sleep 20
kubectl patch deployment @{app} --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0","value":{"name":"nginx","image":"nginx:1.27"}}]'
kubectl rollout status deployment/@{app} --timeout=120s
sleep 20
