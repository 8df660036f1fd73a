# A new pod has a new token of the same account.
# answer culprit: token
# fails: looks, culprit
@{if culprit=account-unset}
# fails: account
@{end}
kubectl rollout restart deployment desk -n @{office}
kubectl rollout status deployment desk -n @{office}
sleep 5
