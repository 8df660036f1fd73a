# answer shared: ip, node, volumes
# answer qos: guaranteed
mkdir -p pods
cat > pods/monolith.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: @{name}
  labels:
    app: monolith
spec:
  containers:
    - name: monolith
      image: udacity/example-monolith:1.0.0
      args:
        - "-http=0.0.0.0:80"
        - "-health=0.0.0.0:81"
        - "-secret=@{secret}"
      ports:
        - name: http
          containerPort: 80
        - name: health
          containerPort: 81
      resources:
        limits:
          cpu: 0.2
          memory: "@{memory}Mi"
YAML
kubectl create -f pods/monolith.yaml
kubectl get pods
kubectl wait --for=condition=Ready pod/@{name} --timeout=120s
kubectl describe pods @{name}
