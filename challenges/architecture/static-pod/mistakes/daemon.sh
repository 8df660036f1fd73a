# A DaemonSet brings it back as long as somebody rules; its name is another, and the question was guessed.
# answer who: controller
# answer static: etcd, apiserver, scheduler
# fails: mirror, deleted, alone, who
kubectl apply -f - <<'YAML'
apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: @{name}
spec:
  selector:
    matchLabels: { app: "@{name}" }
  template:
    metadata:
      labels: { app: "@{name}" }
    spec:
      nodeSelector: { kubernetes.io/hostname: "@{node}" }
      containers:
        - { name: light, image: "nginx:1.27" }
YAML
sleep 30
