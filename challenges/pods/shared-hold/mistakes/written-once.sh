# The init container writes the page, and nobody ever again.
# answer order: volumes, first, second, both
# answer localhost: name
# fails: renewed, localhost
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: "@{pod}" }
spec:
  volumes: [{ name: hold, emptyDir: {} }]
  initContainers:
    - { name: title, image: "busybox:1.36", command: [sh, -c, "(echo @{title}; date) > /hold/index.html"], volumeMounts: [{ name: hold, mountPath: /hold }] }
  containers:
    - { name: clerk, image: "busybox:1.36", command: [sleep, infinity], volumeMounts: [{ name: hold, mountPath: /hold }] }
    - { name: web, image: "nginx:1.27", volumeMounts: [{ name: hold, mountPath: /usr/share/nginx/html }] }
YAML
kubectl wait --for=condition=Ready pod/@{pod} --timeout=120s
sleep 10
