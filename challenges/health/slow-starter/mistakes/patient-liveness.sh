# One probe for both: a cold boiler stands for two minutes.
# answer during: usual
# answer longest: 24
# fails: startup, cold, during, longest
# fails: again
kubectl patch deployment @{app} -p '{"spec":{"template":{"spec":{"containers":[{"name":"boiler","livenessProbe":{"failureThreshold":40}}]}}}}'
sleep 120
