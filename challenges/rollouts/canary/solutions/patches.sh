# answer share: @{guests}
kubectl create deployment @{app}-new --image=httpd:2.4 --dry-run=client -o json | jq '.spec.selector.matchLabels = {taste: "new"} | .spec.template.metadata.labels = {taste: "new", app: "@{app}"}' | kubectl create -f -
kubectl patch service @{app} --type=json -p '[{"op":"remove","path":"/spec/selector/recipe"}]'
kubectl rollout status deployment/@{app}-new --timeout=60s
sleep 5
