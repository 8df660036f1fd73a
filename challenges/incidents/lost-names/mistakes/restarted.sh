# Turning it off and on again, with the wrong conclusion.
# answer culprit: resolv
# fails: by-name, by-full-name, lasts, culprit
@{if culprit=replicas}
# fails: servers
@{end}
kubectl rollout restart deployment coredns -n kube-system
sleep 60
