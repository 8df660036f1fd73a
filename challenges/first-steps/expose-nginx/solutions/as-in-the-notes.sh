kubectl run nginx --image=nginx:1.10.0
kubectl get pods
kubectl expose deployment nginx --port 80 --type LoadBalancer
sleep 60
kubectl get services
curl http://$(kubectl get service nginx -o jsonpath='{.status.loadBalancer.ingress[0].ip}')
