# New pods, the same trouble.
# answer culprit: image
# fails: stable, culprit
@{if culprit=config,memory,arguments}
# Where the probe is the trouble, a restarted container answers for a while.
# fails: answers
@{end}
kubectl delete pods -l app=@{app} --grace-period=1
sleep 10
