# answer who: replicaset
# answer relabel: @{relabelled}
# fails: node-loss
kubectl delete pod @{app} --now
kubectl create deployment @{app} --image=nginx:1.25 --replicas=@{replicas}
kubectl patch deployment @{app} -p '{"spec":{"template":{"spec":{"nodeSelector":{"kubernetes.io/hostname":"node-1"}}}}}'
kubectl rollout status deployment/@{app} --timeout=120s
sleep 10
