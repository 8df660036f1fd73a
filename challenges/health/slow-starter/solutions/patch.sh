# answer during: nothing
# answer longest: 120
kubectl describe pods -l app=@{app}
kubectl patch deployment @{app} -p '{"spec":{"template":{"spec":{"containers":[{"name":"boiler","startupProbe":{"exec":{"command":["cat","/tmp/warm"]},"periodSeconds":5,"failureThreshold":24}}]}}}}'
kubectl rollout status deployment @{app} --timeout=300s
sleep 100
