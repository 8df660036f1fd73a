# answer both: both
kubectl apply -f - <<'YAML'
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: gate
spec:
  podSelector:
    matchLabels: { app: "@{app}" }
  policyTypes: [Ingress, Egress]
  ingress:
    - from:
        - podSelector:
            matchLabels: { role: "@{guest}" }
      ports:
        - port: @{port}
  egress:
    - ports:
        - { port: 53, protocol: UDP }
        - { port: 53, protocol: TCP }
YAML
sleep 5
