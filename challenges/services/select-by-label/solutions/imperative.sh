# answer before: refused
kubectl label pod @{ship} secure=enabled
kubectl create service nodeport monolith --tcp=80:80 --node-port=@{port}
kubectl set selector service monolith app=monolith,secure=enabled
sleep 3
