# fails: comes-back
kubectl run nginx --image=nginx:1.10.0 --restart=Never --labels=app=nginx
kubectl expose pod nginx --port 80 --type LoadBalancer
sleep 60
