# answer culprit: @{culprit}
kubectl get service,endpoints,networkpolicy
@{if culprit=selector}
kubectl set selector service @{app} app=@{app},role=signal
@{end}
@{if culprit=target-port}
kubectl patch service @{app} --type=json -p '[{"op":"replace","path":"/spec/ports/0/targetPort","value":80}]'
@{end}
@{if culprit=policy}
kubectl get networkpolicy quay-rules -o yaml | sed 's/role: clerks/role: clerk/' | kubectl apply -f -
@{end}
kubectl exec clerk -- wget -qO- -T 5 http://@{app}:@{port}/
