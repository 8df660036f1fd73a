# answer before: refused
cat > monolith.yaml <<'YAML'
kind: Service
apiVersion: v1
metadata:
  name: "monolith"
spec:
  selector:
    app: "monolith"
    secure: "enabled"
  ports:
    - protocol: "TCP"
      port: 80
      targetPort: 80
      nodePort: @{port}
  type: NodePort
YAML
kubectl create -f monolith.yaml
kubectl get pods -l "app=monolith,secure=enabled"
kubectl label pods @{ship} "secure=enabled"
kubectl get pods -l "app=monolith,secure=enabled"
sleep 3
