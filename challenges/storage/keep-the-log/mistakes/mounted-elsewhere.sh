# answer bound: at-once
# answer reclaim: deleted
# fails: survives, new-version
kubectl create -f - <<'YAML'
{"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"sea-chest"},"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"5Gi"}}}}
YAML
kubectl patch deployment @{app} -p '{"spec":{"template":{"spec":{"volumes":[{"name":"chest","persistentVolumeClaim":{"claimName":"sea-chest"}}],"containers":[{"name":"redis","volumeMounts":[{"name":"chest","mountPath":"/log"}]}]}}}}'
kubectl rollout status deployment/@{app} --timeout=90s
sleep 30
kubectl exec deploy/@{app} -- redis-cli set @{key} @{value}
