# A new pod of the same name, to read the words in its first log.
# answer code: @{code}
# answer stays: log, volume, address
# fails: same-pod
kubectl get pod @{pod} -o yaml > house.yaml
sed -i 's/by the old keeper/by me/' house.yaml
kubectl replace --force -f house.yaml
sleep 15
kubectl exec @{pod} -c keeper -- sh -c 'echo @{word} > /tmp/watchword'
ssh node-1 curl -s http://$(kubectl get pod @{pod} -o jsonpath='{.status.podIP}'):@{port}/@{cargo}
kubectl logs @{pod} -c visitors > visitors.log
