# answer bound: at-once
# answer reclaim: deleted
# fails: claim, survives, new-version
kubectl exec deploy/@{app} -- redis-cli set @{key} @{value}
sleep 5
