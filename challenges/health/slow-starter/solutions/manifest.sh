# answer during: nothing
# answer longest: 120 s
cat > boiler.yaml <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: @{app}
  labels: { app: "@{app}" }
spec:
  replicas: 1
  strategy: { type: Recreate }
  selector:
    matchLabels: { app: "@{app}" }
  template:
    metadata:
      labels: { app: "@{app}" }
    spec:
      containers:
        - name: boiler
          image: busybox:1.36
          command: [sh, -c, "echo lighting the fire; sleep @{warm}; touch /tmp/warm; echo steam is up; sleep infinity"]
          startupProbe:
            exec: { command: [test, -e, /tmp/warm] }
            periodSeconds: 2
            failureThreshold: 60
          livenessProbe:
            exec: { command: [cat, /tmp/warm] }
            periodSeconds: 5
            failureThreshold: 2
          readinessProbe:
            exec: { command: [cat, /tmp/warm] }
      terminationGracePeriodSeconds: 1
YAML
kubectl apply -f boiler.yaml
kubectl rollout status deployment @{app} --timeout=300s
sleep 20
