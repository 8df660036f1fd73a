# answer cause: @{culprit}
kubectl get deployment @{app} -o yaml | sed -e 's/nginx:1.25-harbor/nginx:1.25/' -e 's/port: @{wrong}/port: 80/' > shop.yaml
@{if culprit=config}
kubectl create configmap @{app}-sign --from-literal=sign="Open from dawn to dusk" --dry-run=client -o yaml | kubectl replace -f -
@{end}
kubectl replace --force -f shop.yaml
kubectl rollout status deployment/@{app} --timeout=120s
sleep 10
