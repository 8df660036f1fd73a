# answer bound: at-once
# answer reclaim: deleted
cat > log.yaml <<'YAML'
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: "@{app}" }
spec:
  accessModes: [ReadWriteOnce]
  resources: { requests: { storage: @{size}Gi } }
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: "@{app}"
spec:
  replicas: 1
  strategy: { type: Recreate, rollingUpdate: null }
  selector:
    matchLabels: { app: "@{app}" }
  template:
    metadata:
      labels: { app: "@{app}" }
    spec:
      containers:
        - name: redis
          image: redis:7
          args: [redis-server, --appendonly, "yes", --dir, /data]
          ports: [{ containerPort: 6379 }]
          volumeMounts: [{ name: log, mountPath: /data }]
      volumes:
        - name: log
          persistentVolumeClaim: { claimName: "@{app}" }
YAML
kubectl apply -f log.yaml
sleep 5
kubectl rollout status deployment/@{app} --timeout=90s
kubectl exec deploy/@{app} -- redis-cli set @{key} @{value}
sleep 2
