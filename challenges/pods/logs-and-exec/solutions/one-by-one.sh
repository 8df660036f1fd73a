# answer code: @{code}
# answer stays: log, volume, address
kubectl logs @{pod} -c lamp --previous
kubectl exec @{pod} -c keeper -- sh -c 'echo @{word} > /tmp/watchword'
kubectl port-forward @{pod} 10080:@{port} &
sleep 2
curl -s http://127.0.0.1:10080/@{cargo}
kill %1
kubectl logs @{pod} -c visitors > visitors.log
kubectl describe pod @{pod}
