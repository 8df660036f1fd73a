# Everything out is shut, and with it the DNS.
# answer both: first
# fails: inside, both
kubectl apply -f - <<'YAML'
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: gate }
spec:
  podSelector: { matchLabels: { app: "@{app}" } }
  policyTypes: [Ingress, Egress]
  ingress:
    - from:
        - podSelector: { matchLabels: { role: "@{guest}" } }
      ports: [{ port: @{port} }]
YAML
sleep 5
