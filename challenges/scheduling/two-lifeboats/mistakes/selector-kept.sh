# answer when: back
# fails: spread, doubled, lose-one, when
kubectl patch deployment @{app} -p '{"spec":{"template":{"spec":{"topologySpreadConstraints":[{"maxSkew":1,"topologyKey":"kubernetes.io/hostname","whenUnsatisfiable":"ScheduleAnyway","labelSelector":{"matchLabels":{"app":"@{app}"}}}]}}}}'
kubectl rollout status deployment/@{app} --timeout=120s
sleep 20
