# answer part: machine
# answer taint: NoSchedule
# fails: ready, open, part, taint
kubectl delete node @{node}
sleep 60
