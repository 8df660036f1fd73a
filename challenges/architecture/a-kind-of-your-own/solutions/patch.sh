# answer batch: cronjob, job
# answer nodes: crd, node, pv
kubectl create -f ships.yaml
kubectl patch crd ships.@{group} --type=json -p '[
  {"op":"add","path":"/spec/names/shortNames","value":["sh"]},
  {"op":"replace","path":"/spec/versions/0/schema/openAPIV3Schema","value":{"type":"object","required":["spec"],"properties":{"spec":{"type":"object","required":["berth"],"properties":{"berth":{"type":"integer","minimum":1,"maximum":9}}}}}}]'
sleep 5
echo '{"apiVersion":"@{group}/v1","kind":"Ship","metadata":{"name":"@{ship}"},"spec":{"berth":@{berth}}}' | kubectl apply -f -
kubectl get sh
