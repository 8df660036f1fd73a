# answer bound: consumer
# answer reclaim: kept
# fails: claim, survives, new-version, bound, reclaim
kubectl patch deployment @{app} -p '{"spec":{"template":{"spec":{"volumes":[{"name":"chest","emptyDir":{}}],"containers":[{"name":"redis","volumeMounts":[{"name":"chest","mountPath":"/data"}]}]}}}}'
kubectl rollout status deployment/@{app} --timeout=90s
sleep 30
kubectl exec deploy/@{app} -- redis-cli set @{key} @{value}
