# fails: verified
kubectl create secret generic tls-certs --from-file=tls/ca.pem --from-file=tls-old/cert.pem --from-file=tls-old/key.pem
kubectl create configmap nginx-proxy-conf --from-file=nginx/proxy.conf
kubectl create -f pods/secure-monolith.yaml
sleep 90
