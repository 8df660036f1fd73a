# -http=80 is no address: the program ends, again and again.
# answer shared: ip, node, volumes
# answer qos: guaranteed
# fails: running, arguments, healthy
kubectl run @{name} --image=udacity/example-monolith:1.0.0 --overrides='{"spec":{"containers":[{"name":"@{name}","image":"udacity/example-monolith:1.0.0","args":["-http=80","-health=0.0.0.0:81","-secret=@{secret}"],"ports":[{"name":"http","containerPort":80},{"name":"health","containerPort":81}],"resources":{"limits":{"cpu":"200m","memory":"@{memory}Mi"}}}]}}'
sleep 20
