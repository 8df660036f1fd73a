# answer who: kubelet
# answer relabel: @{replicas}
# fails: no-orphan, who, relabel
kubectl create deployment @{app} --image=nginx:1.25 --replicas=@{replicas}
kubectl rollout status deployment/@{app} --timeout=120s
