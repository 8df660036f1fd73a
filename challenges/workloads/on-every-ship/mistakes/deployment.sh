# answer drained: important
# answer replicas: replicas
# fails: everywhere, image, knows, returns, drained, replicas
kubectl create deployment @{app} --image=nginx:1.25 --replicas=3
kubectl rollout status deployment/@{app} --timeout=60s
