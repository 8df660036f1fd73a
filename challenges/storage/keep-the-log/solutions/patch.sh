# answer bound: at-once
# answer reclaim: deleted
kubectl create -f - <<'YAML'
{"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"sea-chest"},"spec":{"accessModes":["ReadWriteOnce"],"storageClassName":"standard","resources":{"requests":{"storage":"5Gi"}}}}
YAML
kubectl wait pvc/sea-chest --for=jsonpath='{.status.phase}'=Bound --timeout=60s
kubectl patch deployment @{app} -p '{"spec":{"template":{"spec":{"volumes":[{"name":"chest","persistentVolumeClaim":{"claimName":"sea-chest"}}],"containers":[{"name":"redis","volumeMounts":[{"name":"chest","mountPath":"/data"}]}]}}}}'
kubectl rollout status deployment/@{app} --timeout=90s
sleep 30
kubectl exec deploy/@{app} -- redis-cli set @{key} @{value}
sleep 2
