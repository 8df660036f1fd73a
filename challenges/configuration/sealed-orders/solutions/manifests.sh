# answer notices: volume
# answer old: @{oldword}
cat > orders.yaml <<'YAML'
apiVersion: v1
kind: ConfigMap
metadata:
  name: orders
data:
  berth: "@{next}"
  route.txt: |
    leave the harbour at slack water
    abeam of the old mole, turn to port
    then follow the buoys
---
apiVersion: v1
kind: Secret
metadata:
  name: seal
stringData:
  word: @{word}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: @{app}
  labels: { app: @{app} }
spec:
  replicas: 2
  selector:
    matchLabels: { app: @{app} }
  template:
    metadata:
      labels: { app: @{app} }
    spec:
      containers:
        - name: boat
          image: busybox:1.36
          command: [sleep, infinity]
          env:
            - name: BERTH
              valueFrom:
                configMapKeyRef: { name: orders, key: berth }
          volumeMounts:
            - { name: papers, mountPath: /orders }
            - { name: papers-sealed, mountPath: /seal }
      volumes:
        - name: papers
          configMap: { name: orders }
        - name: papers-sealed
          secret:
            secretName: seal
            items: [{ key: word, path: word, mode: 0400 }]
YAML
kubectl apply -f orders.yaml
kubectl rollout status deployment @{app}
sleep 5
