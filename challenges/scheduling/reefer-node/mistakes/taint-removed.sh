# answer toleration-alone: only
# answer running: NoSchedule
# fails: reserved, toleration-alone, effect
kubectl taint node node-2 @{key}-
kubectl create deployment @{app} --image=nginx:1.25 --replicas=@{replicas}
kubectl patch deployment @{app} -p '{"spec":{"template":{"spec":{"nodeSelector":{"kubernetes.io/hostname":"node-2"}}}}}'
kubectl rollout status deployment/@{app} --timeout=90s
sleep 5
