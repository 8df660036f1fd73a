# answer cause: @{culprit}
# fails: open, served, @{unmended}
kubectl rollout restart deployment/@{app}
sleep 40
