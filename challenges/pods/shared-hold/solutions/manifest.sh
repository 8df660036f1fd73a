# answer order: volumes, first, second, both
# answer localhost: localhost
cat > pod.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: @{pod}
spec:
  volumes:
    - name: hold
      emptyDir: {}
  initContainers:
    - name: title
      image: busybox:1.36
      command: [sh, -c, "echo @{title} > /hold/title"]
      volumeMounts: [{ name: hold, mountPath: /hold }]
  containers:
    - name: clerk
      image: busybox:1.36
      command: [sh, -c, "while true; do (cat /hold/title; date) > /hold/index.html; sleep 5; done"]
      volumeMounts: [{ name: hold, mountPath: /hold }]
    - name: web
      image: nginx:1.27
      ports: [{ containerPort: 80 }]
      volumeMounts: [{ name: hold, mountPath: /usr/share/nginx/html, readOnly: true }]
YAML
kubectl apply -f pod.yaml
kubectl wait --for=condition=Ready pod/@{pod} --timeout=120s
sleep 10
