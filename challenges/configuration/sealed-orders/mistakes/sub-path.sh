# Single files, mounted by subPath, never change again.
# answer notices: volume, subpath
# answer old: @{oldword}
# fails: follows, notices
kubectl create configmap orders --from-literal=berth=@{next} --from-file=route.txt
kubectl create secret generic seal --from-literal=word=@{word}
kubectl patch deployment @{app} -p '{"spec":{"template":{"spec":{"containers":[{"name":"boat","env":[{"name":"BERTH","valueFrom":{"configMapKeyRef":{"name":"orders","key":"berth"}}}],"volumeMounts":[{"name":"orders","mountPath":"/orders/route.txt","subPath":"route.txt"},{"name":"seal","mountPath":"/seal"}]}],"volumes":[{"name":"orders","configMap":{"name":"orders"}},{"name":"seal","secret":{"secretName":"seal","defaultMode":256}}]}}}}'
kubectl rollout status deployment @{app}
sleep 5
