# The whole version went, evidence included.
# answer matched: 5
# answer annotation: free
# fails: annotated, kept, matched
kubectl run my-pod --image=zxcvbnius/docker-demo --port=3000 --labels=app=webserver
kubectl delete pods -l version=@{scrap} --grace-period=1
kubectl label pods -l quay=@{port} inspected=yes
kubectl wait --for=condition=Ready pod/my-pod --timeout=120s
