# It listens, and nobody is told where; the name of the app has a capital too many.
# answer find: label
# answer version: v1
# fails: port, label
kubectl run @{name} --image=zxcvbnius/docker-demo --labels=app=WebServer --annotations=harbour.example/berth=@{berth}
kubectl wait --for=condition=Ready pod/@{name} --timeout=120s
