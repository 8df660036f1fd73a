# Crates called otherwise are still the same crates, and everything was marked.
# answer matched: 4
# answer annotation: service
# fails: my-pod, removed, kept, inspected, annotation
kubectl run my-pod --image=zxcvbnius/docker-demo --port=3000 --annotations=released=@{note}
kubectl label pods -l version=@{scrap},quay!=@{port} app=scrap --overwrite
kubectl label pods -l app inspected=yes
sleep 20
