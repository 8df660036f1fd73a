# answer matched: 4
# answer annotation: free
cat > my-pod.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: my-pod
  labels:
    app: webserver
  annotations:
    released: "@{note}"
spec:
  containers:
    - name: pod-demo
      image: zxcvbnius/docker-demo
      ports:
        - containerPort: 3000
YAML
kubectl create -f my-pod.yaml
kubectl get pods --show-labels
kubectl get pods -l 'quay in (north,south),version!=1.2'
kubectl delete pods -l version=@{scrap},quay!=@{port} --grace-period=1
kubectl label pods -l quay=@{port} inspected=yes
kubectl wait --for=condition=Ready pod/my-pod --timeout=120s
