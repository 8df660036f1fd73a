# The word lies open in the ConfigMap and everybody may read the file; the Secret has a line end too many.
# answer notices: volume
# answer old: @{oldword}
# fails: seal, files
kubectl create configmap orders --from-literal=berth=@{next} --from-file=route.txt --from-literal=word=@{word}
sed 's/.*: //' word.txt > word
kubectl create secret generic seal --from-file=word
kubectl patch deployment @{app} -p '{"spec":{"template":{"spec":{"containers":[{"name":"boat","env":[{"name":"BERTH","valueFrom":{"configMapKeyRef":{"name":"orders","key":"berth"}}}],"volumeMounts":[{"name":"orders","mountPath":"/orders"},{"name":"seal","mountPath":"/seal"}]}],"volumes":[{"name":"orders","configMap":{"name":"orders"}},{"name":"seal","secret":{"secretName":"seal"}}]}}}}'
kubectl rollout status deployment @{app}
sleep 5
