# answer when: stay
kubectl patch deployment @{app} --type=json -p '[
  {"op":"remove","path":"/spec/template/spec/nodeSelector"},
  {"op":"add","path":"/spec/template/spec/topologySpreadConstraints","value":[{"maxSkew":1,"topologyKey":"kubernetes.io/hostname","whenUnsatisfiable":"ScheduleAnyway","labelSelector":{"matchLabels":{"app":"@{app}"}},"matchLabelKeys":["pod-template-hash"]}]}]'
kubectl rollout status deployment/@{app} --timeout=120s
sleep 20
