# Without validation the unknown goes unread, and what is left may not be enough.
# answer find: label
# answer version: v1
# fails: running, port, label, berth
kubectl create --validate=false -f order.yaml
sleep 40
