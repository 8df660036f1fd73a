# answer running: started
# fails: unnoticed
kubectl patch deployment @{app} -p '{"spec":{"strategy":{"rollingUpdate":{"maxUnavailable":0,"maxSurge":1}}}}'
sleep 30
