# answer when: stay
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
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: DoNotSchedule
          nodeTaintsPolicy: Honor
          matchLabelKeys: [pod-template-hash]
          labelSelector:
            matchLabels: { app: "@{app}" }
      containers:
        - name: nginx
          image: nginx:1.25
          ports: [{ containerPort: 80 }]
YAML
kubectl replace -f app.yaml
kubectl rollout status deployment/@{app} --timeout=120s
sleep 20
