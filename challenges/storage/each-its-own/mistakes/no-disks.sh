# answer order: make-two, ready-two, make-three, ready-three
# answer claims: kept
# fails: own-disks, survives
kubectl create service clusterip @{app} --clusterip=None --tcp=6379
cat <<'JSON' | kubectl create -f -
{"apiVersion":"apps/v1","kind":"StatefulSet","metadata":{"name":"@{app}"},"spec":{"serviceName":"@{app}","replicas":@{replicas},
 "selector":{"matchLabels":{"app":"@{app}"}},
 "template":{"metadata":{"labels":{"app":"@{app}"}},"spec":{"containers":[{"name":"redis","image":"redis:7","args":["redis-server","--appendonly","yes"]}]}}}}
JSON
kubectl rollout status statefulset/@{app} --timeout=180s
kubectl exec @{app}-1 -- redis-cli set word @{word}
sleep 5
