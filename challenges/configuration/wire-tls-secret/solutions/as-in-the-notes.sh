kubectl create secret generic tls-certs --from-file=tls/
kubectl describe secrets tls-certs
kubectl create configmap nginx-proxy-conf --from-file=nginx/proxy.conf
kubectl describe configmap nginx-proxy-conf
kubectl create -f pods/secure-monolith.yaml
sleep 60
kubectl get pods secure-monolith
kubectl port-forward secure-monolith 10443:443 &
sleep 1
curl --cacert tls/ca.pem https://127.0.0.1:10443
kubectl logs -c nginx secure-monolith
kill %1
