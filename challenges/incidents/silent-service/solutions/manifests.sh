# answer culprit: @{culprit}
cat > signal.yaml <<'YAML'
apiVersion: v1
kind: Service
metadata:
  name: "@{app}"
spec:
  selector:
    app: "@{app}"
    role: signal
  ports:
    - port: @{port}
      targetPort: 80
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: quay-rules
spec:
  podSelector:
    matchLabels: { app: "@{app}" }
  policyTypes: [Ingress]
  ingress:
    - from:
        - podSelector:
            matchLabels: { role: clerk }
      ports:
        - port: 80
YAML
kubectl replace -f signal.yaml
sleep 5
