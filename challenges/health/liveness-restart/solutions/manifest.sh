# answer how: container
# answer threshold: three
cat > @{app}.yaml <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: "@{app}"
spec:
  selector:
    matchLabels: { app: "@{app}" }
  template:
    metadata:
      labels: { app: "@{app}" }
    spec:
      containers:
        - name: monolith
          image: udacity/example-monolith:1.0.0
          args: ["-http=0.0.0.0:80", "-health=0.0.0.0:81", "-secret=secret"]
          ports:
            - { name: http, containerPort: 80 }
            - { name: health, containerPort: 81 }
          livenessProbe:
            httpGet: { path: /healthz, port: health }
            initialDelaySeconds: 5
            periodSeconds: @{period}
            timeoutSeconds: 5
          readinessProbe:
            httpGet: { path: /readiness, port: health }
            initialDelaySeconds: 5
            timeoutSeconds: 1
YAML
kubectl replace -f @{app}.yaml
kubectl rollout status deployment @{app}
sleep 5
