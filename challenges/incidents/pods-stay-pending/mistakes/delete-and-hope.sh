# answer cause: @{culprit}
@{if culprit=scheduler}
# fails: running, newcomers
@{else}
# fails: running, newcomers
@{end}
kubectl delete pods --all
sleep 60
