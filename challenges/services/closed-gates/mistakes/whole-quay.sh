# The gate was put around everybody on the quay.
# answer both: none
# fails: street, both
kubectl apply -f - <<'YAML'
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: gate }
spec:
  podSelector: {}
  policyTypes: [Ingress]
  ingress:
    - from:
        - podSelector: { matchLabels: { role: "@{guest}" } }
      ports: [{ port: @{port} }]
YAML
sleep 5
