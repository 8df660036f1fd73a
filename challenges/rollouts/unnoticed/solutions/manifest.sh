# answer running: started
cat > app.yaml <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: "@{app}"
spec:
  replicas: @{replicas}
  strategy:
    rollingUpdate: { maxUnavailable: 0, maxSurge: 100% }
  selector:
    matchLabels: { app: "@{app}" }
  template:
    metadata:
      labels: { app: "@{app}" }
    spec:
      containers:
        - name: web
          image: nginx:1.25
          command: [sh, -c, "sleep @{delay}; exec nginx -g 'daemon off;'"]
          ports: [{ containerPort: 80 }]
          readinessProbe:
            tcpSocket: { port: 80 }
            periodSeconds: 3
          lifecycle:
            preStop: { exec: { command: [sleep, "3"] } }
YAML
kubectl apply -f app.yaml
kubectl rollout status deployment/@{app} --timeout=180s
sleep 30
