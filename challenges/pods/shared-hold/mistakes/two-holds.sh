# Each has a hold of its own, and the web server's stays empty.
# answer order: first, volumes, second, both
# answer localhost: localhost
# fails: page, parts, renewed, crash, order
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: "@{pod}" }
spec:
  volumes: [{ name: hold, emptyDir: {} }, { name: pages, emptyDir: {} }]
  initContainers:
    - { name: title, image: "busybox:1.36", command: [sh, -c, "echo @{title} > /hold/title"], volumeMounts: [{ name: hold, mountPath: /hold }] }
  containers:
    - { name: clerk, image: "busybox:1.36", command: [sh, -c, "while true; do (cat /hold/title; date) > /hold/index.html; sleep 5; done"], volumeMounts: [{ name: hold, mountPath: /hold }] }
    - { name: web, image: "nginx:1.27", volumeMounts: [{ name: pages, mountPath: /usr/share/nginx/html }] }
YAML
kubectl wait --for=condition=Ready pod/@{pod} --timeout=120s
sleep 10
