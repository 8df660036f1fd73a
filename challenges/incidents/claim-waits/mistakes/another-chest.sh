# answer cause: taken
# fails: bound, cause
kubectl scale deployment @{app} --replicas=0
kubectl delete pvc @{app}
cat <<'YAML' | kubectl apply -f -
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: "@{app}" }
spec:
  accessModes: [ReadWriteOnce]
  resources: { requests: { storage: 1Gi } }
YAML
kubectl scale deployment @{app} --replicas=1
sleep 5
kubectl rollout status deployment/@{app} --timeout=90s
sleep 10
