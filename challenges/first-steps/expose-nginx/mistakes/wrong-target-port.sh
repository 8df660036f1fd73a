# fails: answers, comes-back
kubectl create deployment nginx --image=nginx:1.10.0
kubectl expose deployment nginx --port 80 --target-port 8080 --type LoadBalancer
sleep 60
