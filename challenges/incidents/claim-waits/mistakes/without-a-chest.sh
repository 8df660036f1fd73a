# answer cause: @{culprit}
# fails: bound, keeps
kubectl patch deployment @{app} --type=json -p '[{"op":"replace","path":"/spec/template/spec/volumes/0","value":{"name":"charts","emptyDir":{}}}]'
kubectl rollout status deployment/@{app} --timeout=90s
sleep 10
