# answer matched: four
# answer annotation: free
kubectl run my-pod --image=zxcvbnius/docker-demo --port=3000 --labels=app=webserver --annotations=released=@{note}
kubectl get pods -l 'app=crate,quay notin (@{port}),version in (@{scrap})' -o name | xargs kubectl delete --grace-period=1
for crate in $(kubectl get pods -l quay=@{port} -o jsonpath='{.items[*].metadata.name}'); do kubectl label pod $crate inspected=yes; done
kubectl wait --for=condition=Ready pod/my-pod --timeout=120s
