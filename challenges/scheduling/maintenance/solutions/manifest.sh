# answer stowaway: bare, daemonsets
# answer crash: no
cat <<'YAML' | kubectl apply -f -
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: always-on-air }
spec:
  minAvailable: @{least}
  selector:
    matchLabels: { app: "@{app}" }
YAML
kubectl cordon @{node}
kubectl delete pod stowaway --now
kubectl drain @{node} --ignore-daemonsets --timeout=300s
kubectl rollout status deployment/@{app} --timeout=120s
sleep 5
