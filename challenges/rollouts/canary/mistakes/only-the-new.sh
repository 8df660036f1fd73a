# answer share: @{guests}
# fails: both, withdrawn, independent
kubectl create deployment @{app}-new --image=httpd:2.4
kubectl set selector service @{app} app=@{app}-new
kubectl rollout status deployment/@{app}-new --timeout=60s
sleep 5
