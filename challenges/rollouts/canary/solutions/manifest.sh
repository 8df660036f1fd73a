# answer share: @{guests}
cat > new.yaml <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata: { name: "@{app}-new" }
spec:
  replicas: 1
  selector:
    matchLabels: { app: "@{app}", recipe: new }
  template:
    metadata:
      labels: { app: "@{app}", recipe: new }
    spec:
      containers:
        - { name: httpd, image: "httpd:2.4", ports: [{ containerPort: 80 }] }
YAML
kubectl apply -f new.yaml
kubectl set selector service @{app} app=@{app}
kubectl rollout status deployment/@{app}-new --timeout=60s
sleep 5
