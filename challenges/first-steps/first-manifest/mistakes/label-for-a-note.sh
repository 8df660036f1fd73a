# Everything is a label.
# answer find: both
# answer version: apps/v1
# fails: berth, find, version
kubectl run @{name} --image=zxcvbnius/docker-demo --port=3000 --labels=app=webserver,harbour.example/berth=@{berth}
kubectl wait --for=condition=Ready pod/@{name} --timeout=120s
