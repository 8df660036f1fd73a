# The desk runs as default now, and default got a key.
# answer culprit: @{wrong}
# fails: account, no-more, culprit
kubectl patch deployment desk -n @{office} --type=merge -p '{"spec":{"template":{"spec":{"serviceAccountName":"default","serviceAccount":"default"}}}}'
kubectl create rolebinding view -n @{office} --clusterrole=view --serviceaccount=@{office}:default
kubectl rollout status deployment desk -n @{office}
sleep 5
