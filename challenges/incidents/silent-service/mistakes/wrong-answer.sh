# answer culprit: @{wrong}
# fails: culprit
@{if culprit=selector}
kubectl set selector service @{app} app=@{app}
@{end}
@{if culprit=target-port}
kubectl patch service @{app} -p '{"spec":{"ports":[{"port":@{port},"targetPort":80}]}}'
@{end}
@{if culprit=policy}
kubectl patch networkpolicy quay-rules --type=json -p '[{"op":"replace","path":"/spec/ingress/0/from/0/podSelector/matchLabels/role","value":"clerk"}]'
@{end}
sleep 5
