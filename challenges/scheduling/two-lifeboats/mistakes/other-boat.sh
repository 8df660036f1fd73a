# answer when: stay
# fails: spread, doubled, recovers
kubectl patch deployment @{app} -p '{"spec":{"template":{"spec":{"nodeSelector":{"kubernetes.io/hostname":"node-2"}}}}}'
kubectl rollout status deployment/@{app} --timeout=120s
sleep 20
