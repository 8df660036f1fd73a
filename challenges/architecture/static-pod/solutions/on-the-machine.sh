# answer who: kubelet
# answer static: apiserver, scheduler, etcd
ssh @{node} grep staticPodPath /var/lib/kubelet/config.yaml
cat > light.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: @{name}
  labels:
    app: @{name}
spec:
  containers:
    - name: light
      image: nginx:1.27
      ports:
        - containerPort: 80
YAML
cat light.yaml | ssh @{node} tee /etc/kubernetes/manifests/light.yaml
sleep 40
kubectl delete pod @{name}-@{node} --grace-period=1
sleep 20
