# fails: running, verified
kubectl create secret generic tls-certs --from-file=ca.pem=tls/ca.pem --from-file=cert.pem=tls/cert.pem --from-file=key.pem=tls-old/key.pem
kubectl create configmap nginx-proxy-conf --from-file=nginx/proxy.conf
kubectl create -f pods/secure-monolith.yaml
sleep 90
