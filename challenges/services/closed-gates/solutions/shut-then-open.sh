# answer both: both
cat > gates.yaml <<'YAML'
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: all-shut }
spec:
  podSelector: { matchLabels: { app: "@{app}" } }
  policyTypes: [Ingress, Egress]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: front-door }
spec:
  podSelector: { matchLabels: { app: "@{app}" } }
  policyTypes: [Ingress]
  ingress:
    - from:
        - podSelector: { matchExpressions: [{ key: role, operator: In, values: ["@{guest}"] }] }
      ports: [{ port: @{port}, protocol: TCP }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: names }
spec:
  podSelector: { matchLabels: { app: "@{app}" } }
  policyTypes: [Egress]
  egress:
    - to:
        - namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: kube-system } }
          podSelector: { matchLabels: { k8s-app: kube-dns } }
      ports: [{ port: 53, protocol: UDP }, { port: 53, protocol: TCP }]
YAML
kubectl apply -f gates.yaml
sleep 5
