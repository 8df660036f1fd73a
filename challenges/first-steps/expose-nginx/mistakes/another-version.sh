# fails: running
kubectl create deployment nginx --image=nginx:1.25
kubectl expose deployment nginx --port 80 --type LoadBalancer
sleep 60
