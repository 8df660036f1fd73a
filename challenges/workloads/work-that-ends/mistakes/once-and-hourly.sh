# answer always: cost
# fails: complete, abreast, said, rings, alone, always
kubectl create job @{job} --image=busybox:1.36 -- echo done
kubectl create cronjob @{bell} --image=busybox:1.36 --schedule="@{minutes} * * * *" -- date
kubectl wait --for=condition=complete job/@{job} --timeout=120s
