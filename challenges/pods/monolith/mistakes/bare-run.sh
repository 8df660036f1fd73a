# It runs by its own defaults: no names for the ports, no limits, another secret.
# answer shared: ip, node, volumes
# answer qos: guaranteed
# fails: arguments, ports, limits
kubectl run @{name} --image=udacity/example-monolith:1.0.0 --port=80 --labels=app=monolith
kubectl wait --for=condition=Ready pod/@{name} --timeout=120s
