# fails: running, mounted, verified
kubectl create secret generic tls-certs --from-file=tls/
kubectl create configmap nginx-proxy-conf --from-file=nginx/proxy.conf
grep -v -e 'name: tls-certs$' -e 'mountPath: /etc/tls' -e 'secret:$' -e 'secretName: tls-certs' pods/secure-monolith.yaml > without.yaml
kubectl create -f without.yaml
sleep 90
