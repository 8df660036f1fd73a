# answer always: never-ends
# fails: rings
kubectl create job @{job} --image=busybox:1.36 --dry-run=client -o json -- echo done | jq '.spec += {completions: @{times}, parallelism: @{abreast}}' | kubectl apply -f -
kubectl create cronjob @{bell} --image=busybox:1.36 --schedule="*/@{minutes} * * * *" -- date
kubectl patch cronjob @{bell} -p '{"spec":{"concurrencyPolicy":"Forbid","suspend":true}}'
kubectl wait --for=condition=complete job/@{job} --timeout=120s
