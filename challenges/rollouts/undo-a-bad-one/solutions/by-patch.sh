# answer still-there: budget
# answer next-revision: 3
sh next.sh
sleep 20
@{if culprit=image}
kubectl set image deployment/@{app} nginx=nginx:1.25
@{else}
kubectl patch deployment @{app} --type=json -p '[{"op":"remove","path":"/spec/template/spec/containers/0/command"}]'
@{end}
kubectl rollout status deployment/@{app} --timeout=120s
sleep 20
