# answer notices: volume
# answer old: @{oldword}
kubectl create configmap orders --from-literal=berth=@{berth} --from-file=route.txt
kubectl create secret generic seal --from-literal=word="$(sed 's/.*: //' word.txt)"
cat > wiring.yaml <<'YAML'
spec:
  template:
    spec:
      containers:
        - name: boat
          env:
            - name: BERTH
              valueFrom: { configMapKeyRef: { name: orders, key: berth } }
          volumeMounts:
            - { name: orders, mountPath: /orders }
            - { name: seal, mountPath: /seal, readOnly: true }
      volumes:
        - name: orders
          configMap: { name: orders }
        - name: seal
          secret: { secretName: seal, defaultMode: 0400 }
YAML
kubectl patch deployment @{app} --patch-file wiring.yaml
kubectl rollout status deployment @{app}
kubectl patch configmap orders -p '{"data":{"berth":"@{next}"}}'
kubectl rollout restart deployment @{app}
kubectl rollout status deployment @{app}
kubectl get secret old-seal -o jsonpath='{.data.word}' | base64 -d
sleep 5
