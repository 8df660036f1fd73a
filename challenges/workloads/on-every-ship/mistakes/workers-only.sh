# answer drained: again
# answer replicas: none
# fails: everywhere, knows, returns
kubectl create deployment @{app} --image=nginx:1.25 --dry-run=client -o yaml | sed -e 's/kind: Deployment/kind: DaemonSet/' -e '/replicas:/d' -e '/strategy:/d' -e '/status:/d' > agent.yaml
kubectl create -f agent.yaml
kubectl patch daemonset @{app} -p '{"spec":{"template":{"spec":{"containers":[{"name":"nginx","env":[{"name":"NODE_NAME","valueFrom":{"fieldRef":{"fieldPath":"spec.nodeName"}}}]}]}}}}'
kubectl rollout status daemonset/@{app} --timeout=90s
sleep 5
