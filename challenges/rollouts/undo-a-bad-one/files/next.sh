# The version that the shipyard sent this morning.
@{if culprit=image}
kubectl set image deployment/@{app} nginx=nginx:1.25-shipyard
@{else}
kubectl patch deployment @{app} -p '{"spec":{"template":{"spec":{"containers":[{"name":"nginx","command":["nginx-shipyard"]}]}}}}'
@{end}
