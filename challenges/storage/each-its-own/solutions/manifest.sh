# answer order: make-two, ready-two, make-three, ready-three
# answer claims: kept
cat > books.yaml <<'YAML'
apiVersion: v1
kind: Service
metadata: { name: "@{app}" }
spec:
  clusterIP: None
  selector: { app: "@{app}" }
  ports: [{ port: 6379 }]
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: "@{app}" }
spec:
  serviceName: "@{app}"
  replicas: @{replicas}
  selector:
    matchLabels: { app: "@{app}" }
  template:
    metadata:
      labels: { app: "@{app}" }
    spec:
      containers:
        - name: redis
          image: redis:7
          args: [redis-server, --appendonly, "yes"]
          volumeMounts: [{ name: book, mountPath: /data }]
  volumeClaimTemplates:
    - metadata: { name: book }
      spec:
        accessModes: [ReadWriteOnce]
        resources: { requests: { storage: @{size}Gi } }
YAML
kubectl apply -f books.yaml
kubectl rollout status statefulset/@{app} --timeout=180s
kubectl exec @{app}-1 -- redis-cli set word @{word}
sleep 5
