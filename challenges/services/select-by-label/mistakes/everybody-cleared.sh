# answer before: refused
# fails: cleared
kubectl create service nodeport monolith --tcp=80:80 --node-port=@{port}
kubectl set selector service monolith app=monolith,secure=enabled
kubectl label pods -l app=monolith secure=enabled
sleep 3
