# answer drained: again
# answer replicas: none
cat > agent.yaml <<'YAML'
apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: "@{app}"
spec:
  selector:
    matchLabels: { app: "@{app}" }
  template:
    metadata:
      labels: { app: "@{app}" }
    spec:
      tolerations:
        - { key: node-role.kubernetes.io/control-plane, operator: Exists, effect: NoSchedule }
      containers:
        - name: nginx
          image: nginx:1.25
          env:
            - name: NODE_NAME
              valueFrom: { fieldRef: { fieldPath: spec.nodeName } }
YAML
kubectl apply -f agent.yaml
kubectl rollout status daemonset/@{app} --timeout=60s
