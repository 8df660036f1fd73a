# It runs, and nothing watches over it any more.
# answer culprit: @{culprit}
# fails: guards
kubectl patch deployment @{app} -p '{"spec":{"template":{"spec":{"containers":[{"name":"engine","livenessProbe":null,"resources":null,"args":["-http=0.0.0.0:80"],"env":null}]}}}}'
kubectl rollout status deployment @{app} --timeout=300s
sleep 15
