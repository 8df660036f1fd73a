# answer cause: @{culprit}
# fails: running, heals
for n in 1 2 3; do kubectl run by-hand-$n --image=nginx:1.25 --labels=app=@{app}; done
sleep 60
