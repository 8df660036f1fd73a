# answer find: label
# answer version: v1
kubectl create -f order.yaml
sed -i 's/^apiVersion: .*/apiVersion: v1/; s/^  container.*:$/  containers:/; s/containerPort: .*/containerPort: 3000/' order.yaml
sed -i 's|^  labels:|  annotations: { harbour.example/berth: "@{berth}" }\n  labels:|' order.yaml
kubectl create -f order.yaml
kubectl wait --for=condition=Ready pod/@{name} --timeout=120s
