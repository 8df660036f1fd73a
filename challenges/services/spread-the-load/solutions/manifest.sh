# answer way: name, address, rule, pod
# answer replaced: image
set -- $(kubectl get pods -l app=@{app} -o name)
for n in 1 2 3; do
  echo web$n > index.html
  kubectl cp index.html ${1#pod/}:/usr/share/nginx/html/index.html
  shift
done
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Service
metadata:
  name: @{service}
spec:
  selector:
    app: @{app}
  ports:
    - name: http
      port: @{port}
      targetPort: 80
YAML
sleep 3
