# answer culprit: @{culprit}
kubectl create configmap @{app} --from-literal=watchword=full-ahead --dry-run=client -o yaml | kubectl replace -f -
kubectl get deployment @{app} -o yaml > engine.yaml
sed -i 's/-http=80$/-http=0.0.0.0:80/; s/memory: 4Mi/memory: 12Mi/; s/port: 8081/port: health/' engine.yaml
kubectl apply -f engine.yaml
kubectl rollout restart deployment @{app}
kubectl rollout status deployment @{app} --timeout=300s
sleep 15
