# A berth is checked where there is one, and nobody asks for it.
# answer batch: job, cronjob
# answer nodes: node, pv, crd
# fails: strict
sed 's/x-kubernetes-preserve-unknown-fields: true/properties: { berth: { type: integer, minimum: 1, maximum: 9 } }/; s/kind: Ship$/kind: Ship\n    shortNames: [sh]/' ships.yaml | kubectl create -f -
sleep 5
echo '{"apiVersion":"@{group}/v1","kind":"Ship","metadata":{"name":"@{ship}"},"spec":{"berth":@{berth}}}' | kubectl apply -f -
