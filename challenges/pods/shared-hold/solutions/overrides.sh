# answer order: volumes, first, second, both
# answer localhost: localhost
kubectl run @{pod} --image=nginx:1.27 --dry-run=client -o json > pod.json
jq '.spec.containers[0] += {name: "web", volumeMounts: [{name: "board", mountPath: "/usr/share/nginx/html"}]}
  | .spec.containers += [{name: "clerk", image: "busybox:1.36", command: ["sh", "-c", "while true; do (cat /b/title; date) > /b/index.html; sleep 3; done"], volumeMounts: [{name: "board", mountPath: "/b"}]}]
  | .spec.initContainers = [{name: "first", image: "busybox:1.36", command: ["sh", "-c", "echo @{title} > /b/title"], volumeMounts: [{name: "board", mountPath: "/b"}]}]
  | .spec.volumes = [{name: "board", emptyDir: {medium: "Memory"}}]' pod.json > whole.json
kubectl create -f whole.json
kubectl wait --for=condition=Ready pod/@{pod} --timeout=120s
sleep 10
