# Thirty seconds are not enough.
# answer during: nothing
# answer longest: 120
# fails: warm, startup, cold, again
kubectl patch deployment @{app} -p '{"spec":{"template":{"spec":{"containers":[{"name":"boiler","startupProbe":{"exec":{"command":["cat","/tmp/warm"]},"periodSeconds":5,"failureThreshold":6}}]}}}}'
sleep 100
