# answer before: refused
# fails: answers
kubectl create service nodeport monolith --tcp=80:81 --node-port=@{port}
kubectl set selector service monolith app=monolith,secure=enabled
kubectl label pod @{ship} secure=enabled
sleep 3
