# answer share: @{guests}
# fails: both, independent
kubectl create deployment @{app}-new --image=httpd:2.4
kubectl rollout status deployment/@{app}-new --timeout=60s
sleep 5
