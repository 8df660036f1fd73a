# Without a liveness probe it gets warm, and stays when it is cold.
# answer during: count
# answer longest: 120
# fails: startup, cold, again, during
kubectl patch deployment @{app} -p '{"spec":{"template":{"spec":{"containers":[{"name":"boiler","livenessProbe":null}]}}}}'
sleep 100
