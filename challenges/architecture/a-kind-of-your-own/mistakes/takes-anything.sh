# As it lay there: every ship is welcome, at any berth.
# answer batch: job
# answer nodes: node, pv
# fails: known, ship, strict, explained, batch, nodes
kubectl create -f ships.yaml
sleep 5
echo '{"apiVersion":"@{group}/v1","kind":"Ship","metadata":{"name":"@{ship}"},"spec":{"berth":@{berth}}}' | kubectl apply -f -
