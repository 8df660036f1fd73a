# answer add: allowed
cat > keys.yaml <<'YAML'
apiVersion: v1
kind: ServiceAccount
metadata: { name: "@{account}", namespace: "@{office}" }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: look-at-pods }
rules:
  - apiGroups: [""]
    resources: [pods]
    verbs: [get, list, watch]
  - apiGroups: [""]
    resources: [pods/log]
    verbs: [get]
---
# A ClusterRole, given within one namespace only.
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: desk, namespace: "@{office}" }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: look-at-pods }
subjects:
  - { kind: ServiceAccount, name: "@{account}", namespace: "@{office}" }
YAML
kubectl apply -f keys.yaml
kubectl patch deployment desk -n @{office} -p '{"spec":{"template":{"spec":{"serviceAccountName":"@{account}"}}}}'
kubectl rollout status deployment desk -n @{office}
sleep 5
