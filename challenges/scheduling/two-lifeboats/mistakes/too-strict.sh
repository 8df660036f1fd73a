# answer when: stay
# fails: spread, doubled, lose-one, recovers
kubectl patch deployment @{app} --type=json -p '[
  {"op":"remove","path":"/spec/template/spec/nodeSelector"},
  {"op":"add","path":"/spec/template/spec/topologySpreadConstraints","value":[{"maxSkew":1,"topologyKey":"kubernetes.io/hostname","whenUnsatisfiable":"DoNotSchedule","labelSelector":{"matchLabels":{"app":"@{app}"}},"matchLabelKeys":["pod-template-hash"],"nodeTaintsPolicy":"Ignore"}]}]'
kubectl rollout status deployment/@{app} --timeout=40s
sleep 20
