# answer find: label
# answer version: v1
kubectl run @{name} --image=zxcvbnius/docker-demo --port=3000 --labels=app=webserver
kubectl annotate pod @{name} harbour.example/berth=@{berth}
kubectl wait --for=condition=Ready pod/@{name} --timeout=120s
