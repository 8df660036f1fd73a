# answer code: @{code}
# answer stays: address, log, volume
kubectl logs -p @{pod} -c lamp | sed -n 's/.*next: //p' > word
kubectl cp word @{pod}:/tmp/watchword -c keeper
ssh node-1 curl -s http://$(kubectl get pod @{pod} -o jsonpath='{.status.podIP}'):@{port}/@{cargo}
kubectl logs @{pod} -c visitors | tee visitors.log
