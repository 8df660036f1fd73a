# answer who: replicaset
# answer relabel: @{relabelled}
# fails: running, no-orphan, heals, node-loss
for n in 1 2 3 4 5; do kubectl run watch-$n --image=nginx:1.25; done
sleep 60
