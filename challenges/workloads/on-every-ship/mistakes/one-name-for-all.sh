# answer drained: again
# answer replicas: none
# fails: knows
kubectl create deployment @{app} --image=nginx:1.25 --dry-run=client -o yaml | sed -e 's/kind: Deployment/kind: DaemonSet/' -e '/replicas:/d' -e '/strategy:/d' -e '/status:/d' > agent.yaml
kubectl create -f agent.yaml
kubectl patch daemonset @{app} -p '{"spec":{"template":{"spec":{"tolerations":[{"operator":"Exists"}],"containers":[{"name":"nginx","env":[{"name":"NODE_NAME","value":"node-1"}]}]}}}}'
kubectl rollout status daemonset/@{app} --timeout=90s
sleep 5
