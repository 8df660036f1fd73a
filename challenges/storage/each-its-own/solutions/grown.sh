# answer order: make-two, ready-two, make-three, ready-three
# answer claims: kept
kubectl create service clusterip @{app} --clusterip=None --tcp=6379
cat <<'JSON' | kubectl create -f -
{"apiVersion":"apps/v1","kind":"StatefulSet","metadata":{"name":"@{app}"},"spec":{"serviceName":"@{app}","replicas":2,"podManagementPolicy":"Parallel",
 "selector":{"matchLabels":{"app":"@{app}"}},
 "template":{"metadata":{"labels":{"app":"@{app}"}},"spec":{"containers":[{"name":"redis","image":"redis:7.4","command":["redis-server","--dir","/data","--appendonly","yes"],"volumeMounts":[{"name":"data","mountPath":"/data"}]}]}},
 "volumeClaimTemplates":[{"metadata":{"name":"data"},"spec":{"accessModes":["ReadWriteOncePod"],"resources":{"requests":{"storage":"@{size}Gi"}}}}]}}
JSON
sleep 30
kubectl exec @{app}-1 -- redis-cli set word @{word}
kubectl scale statefulset @{app} --replicas=@{replicas}
kubectl rollout status statefulset/@{app} --timeout=180s
sleep 20
