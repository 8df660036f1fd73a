# What the lamp says now is not what it said.
# answer code: 0
# answer stays: log, address
# fails: watchword, visitors, code, stays
kubectl exec @{pod} -c keeper -- sh -c "echo '$(kubectl logs @{pod} -c lamp | tail -1)' > /tmp/watchword"
kubectl logs @{pod} -c keeper > visitors.log
