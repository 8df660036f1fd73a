# answer who: replicaset
# answer relabel: @{relabelled}
kubectl delete pod @{app} --now
cat > watch.yaml <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: "@{app}"
spec:
  replicas: @{replicas}
  selector:
    matchLabels: { on: watch }
  template:
    metadata:
      labels: { on: watch }
    spec:
      containers:
        - name: nginx
          image: nginx:1.25
YAML
kubectl apply -f watch.yaml
kubectl wait --for=condition=Available deployment/@{app} --timeout=120s
sleep 20
