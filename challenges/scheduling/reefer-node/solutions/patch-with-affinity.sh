# answer toleration-alone: any
# answer running: noexecute
kubectl create deployment @{app} --image=nginx:1.25 --replicas=@{replicas}
kubectl patch deployment @{app} -p '{"spec":{"template":{"spec":{"tolerations":[{"key":"@{key}","operator":"Exists"}],"affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"@{key}","operator":"In","values":["reefer"]}]}]}}}}}}}'
kubectl rollout status deployment/@{app} --timeout=90s
sleep 5
