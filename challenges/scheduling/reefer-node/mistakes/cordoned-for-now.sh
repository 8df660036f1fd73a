# answer toleration-alone: any
# answer running: NoExecute
# fails: stays-cold, reserved
kubectl cordon node-1
kubectl create deployment @{app} --image=nginx:1.25 --replicas=@{replicas}
kubectl patch deployment @{app} -p '{"spec":{"template":{"spec":{"tolerations":[{"key":"@{key}","operator":"Exists"}]}}}}'
kubectl rollout status deployment/@{app} --timeout=90s
sleep 5
kubectl uncordon node-1
kubectl taint node node-2 @{key}-
