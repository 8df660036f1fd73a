# The pods were never the trouble.
# answer culprit: image
# fails: answers, lasts, culprit
@{if culprit=selector}
# Without endpoints a stranger is refused and not dropped.
# fails: guarded
@{end}
kubectl rollout restart deployment @{app}
kubectl rollout status deployment @{app}
