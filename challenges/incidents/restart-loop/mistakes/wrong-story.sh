# answer culprit: @{wrong}
# fails: culprit
kubectl create configmap @{app} --from-literal=watchword=full-ahead --dry-run=client -o yaml | kubectl replace -f -
kubectl get deployment @{app} -o yaml | sed 's/-http=80$/-http=0.0.0.0:80/; s/memory: 4Mi/memory: 16Mi/; s/port: 8081/port: 81/' | kubectl replace -f -
kubectl rollout status deployment @{app} --timeout=300s
sleep 15
