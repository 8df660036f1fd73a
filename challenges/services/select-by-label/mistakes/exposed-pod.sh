# A Service of one ship's own label has the right ship today, and will never have another.
# answer before: error
# fails: service, follows, before
kubectl label pod @{ship} ship=@{ship}
kubectl create service nodeport monolith --tcp=80:80 --node-port=@{port}
kubectl set selector service monolith ship=@{ship}
sleep 3
