# answer who: replicaset
# answer relabel: @{relabelled}
kubectl create deployment @{app} --image=nginx:1.25 --replicas=@{replicas}
kubectl delete pod @{app}
kubectl rollout status deployment/@{app} --timeout=120s
pod=$(kubectl get pods -l app=@{app} -o jsonpath='{.items[0].metadata.name}')
kubectl label pod $pod app=spare --overwrite
sleep 30
kubectl get pods
kubectl delete pod $pod
