# answer shared: ip, node, volumes
# answer qos: guaranteed
kubectl run @{name} --image=udacity/example-monolith:1.0.0 --labels=app=monolith --overrides='{"spec":{"containers":[{"name":"@{name}","image":"udacity/example-monolith:1.0.0","args":["-http=0.0.0.0:80","-health=0.0.0.0:81","-secret=@{secret}"],"ports":[{"name":"http","containerPort":80},{"name":"health","containerPort":81}],"resources":{"limits":{"cpu":"200m","memory":"@{memory}Mi"}}}]}}'
kubectl wait --for=condition=Ready pod/@{name} --timeout=120s
