# answer cause: @{culprit}
kubectl get pvc @{app} -o json | jq '{apiVersion, kind, metadata: {}, spec} | .metadata.name = "sea-chest" | .spec.storageClassName = "manual" | .spec.accessModes = ["ReadWriteOnce"] | .spec.resources.requests.storage = "@{size}Gi" | .spec.volumeName = "old-sea-chest"' | kubectl create -f -
kubectl patch deployment @{app} --type=json -p '[{"op":"replace","path":"/spec/template/spec/volumes/0/persistentVolumeClaim/claimName","value":"sea-chest"}]'
sleep 5
kubectl rollout status deployment/@{app} --timeout=90s
sleep 10
