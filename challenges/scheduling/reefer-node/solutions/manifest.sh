# answer toleration-alone: any
# answer running: NoExecute
cat > app.yaml <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: "@{app}"
spec:
  replicas: @{replicas}
  selector:
    matchLabels: { app: "@{app}" }
  template:
    metadata:
      labels: { app: "@{app}" }
    spec:
      nodeSelector: { @{key}: reefer }
      tolerations:
        - { key: "@{key}", operator: Equal, value: reefer, effect: NoSchedule }
      containers:
        - name: nginx
          image: nginx:1.25
YAML
kubectl apply -f app.yaml
kubectl rollout status deployment/@{app} --timeout=90s
