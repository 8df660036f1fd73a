# answer share: 1
# fails: taster, old, both, withdrawn, independent, share
kubectl set image deployment/@{app} nginx=httpd:2.4
kubectl rollout status deployment/@{app} --timeout=60s
sleep 5
