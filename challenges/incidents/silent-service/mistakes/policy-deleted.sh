# Everything is mended, and the door stands open.
# answer culprit: @{culprit}
# fails: guarded
kubectl delete networkpolicy quay-rules
kubectl set selector service @{app} app=@{app},role=signal
kubectl patch service @{app} --type=json -p '[{"op":"replace","path":"/spec/ports/0/targetPort","value":80}]'
sleep 5
