# answer batch: job, cronjob
# answer nodes: node, pv, crd
cat > crd.yaml <<'YAML'
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: ships.@{group}
spec:
  group: @{group}
  scope: Namespaced
  names: { plural: ships, singular: ship, kind: Ship, shortNames: [sh] }
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          required: [spec]
          properties:
            spec:
              type: object
              required: [berth]
              properties:
                berth: { type: integer, minimum: 1, maximum: 9, description: Where the ship lies. }
      additionalPrinterColumns:
        - { name: Berth, type: integer, jsonPath: .spec.berth }
YAML
kubectl apply -f crd.yaml
kubectl wait --for=condition=Established crd/ships.@{group} --timeout=30s
sleep 2
kubectl create -f - <<'YAML'
apiVersion: @{group}/v1
kind: Ship
metadata:
  name: @{ship}
spec:
  berth: @{berth}
YAML
kubectl get ships
