# answer order: make-two, make-three, ready-two, ready-three
# answer claims: deleted
# fails: named, survives, order, claims
cat <<'JSON' | kubectl create -f -
{"apiVersion":"apps/v1","kind":"StatefulSet","metadata":{"name":"@{app}"},"spec":{"serviceName":"@{app}","replicas":@{replicas},
 "selector":{"matchLabels":{"app":"@{app}"}},
 "template":{"metadata":{"labels":{"app":"@{app}"}},"spec":{"containers":[{"name":"redis","image":"redis:7","args":["redis-server","--appendonly","yes"],"volumeMounts":[{"name":"data","mountPath":"/data"}]}]}},
 "volumeClaimTemplates":[{"metadata":{"name":"data"},"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"@{size}Gi"}}}}]}}
JSON
kubectl rollout status statefulset/@{app} --timeout=180s
kubectl exec @{app}-1 -- redis-cli set word @{word}
sleep 5
