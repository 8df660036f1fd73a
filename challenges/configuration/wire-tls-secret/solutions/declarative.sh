kubectl create secret generic tls-certs --from-file=ca.pem=tls/ca.pem --from-file=cert.pem=tls/cert.pem --from-file=key.pem=tls/key.pem --dry-run=client -o yaml > secret.yaml
kubectl create configmap nginx-proxy-conf --from-file=nginx/proxy.conf --dry-run=client -o yaml > configmap.yaml
kubectl apply -f pods/secure-monolith.yaml
kubectl apply -f secret.yaml -f configmap.yaml
kubectl wait --for=condition=Ready pod/secure-monolith --timeout=300s
