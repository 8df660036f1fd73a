# The ConfigMap is new, the environment is not.
# answer notices: volume, env
# answer old: @{old}
# fails: environment, notices, old
kubectl create configmap orders --from-literal=berth=@{berth} --from-file=route.txt
kubectl create secret generic seal --from-literal=word=@{word}
kubectl patch deployment @{app} -p '{"spec":{"template":{"spec":{"containers":[{"name":"boat","env":[{"name":"BERTH","valueFrom":{"configMapKeyRef":{"name":"orders","key":"berth"}}}],"volumeMounts":[{"name":"orders","mountPath":"/orders"},{"name":"seal","mountPath":"/seal"}]}],"volumes":[{"name":"orders","configMap":{"name":"orders"}},{"name":"seal","secret":{"secretName":"seal","defaultMode":256}}]}}}}'
kubectl rollout status deployment @{app}
kubectl patch configmap orders -p '{"data":{"berth":"@{next}"}}'
sleep 60
