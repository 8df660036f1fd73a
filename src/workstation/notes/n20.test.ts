import { expect, test } from "vitest";
import { notesLab, play } from "./play";

test("N20: names and addresses of Services, as a pod sees them", async () => {
  const screen = await play(
    notesLab(),
    `kubectl create deployment alpaca-prod --image=gcr.io/kuar-demo/kuard-amd64:blue --replicas=2 --port=8080
kubectl label deployment alpaca-prod ver=1
kubectl expose deployment alpaca-prod
kubectl rollout status deployment alpaca-prod
kubectl get services -o wide
ALPACA_POD=$(kubectl get pods -l app=alpaca-prod -o jsonpath='{.items[0].metadata.name}')
kubectl port-forward $ALPACA_POD 48858:8080 > /dev/null &
sleep 1
curl -s http://localhost:48858/healthy; echo
kill %1
kubectl run dns --image=busybox:1.36 --restart=Never -- sleep 100000
kubectl wait pod dns --for=condition=Ready
kubectl exec dns -- cat /etc/resolv.conf
kubectl exec dns -- nslookup alpaca-prod
kubectl exec dns -- nslookup alpaca-prod.default.svc.cluster.local
kubectl exec dns -- nslookup alpaca-prod.default
kubectl exec dns -- nslookup nobody; echo "exit $?"
kubectl exec dns -- wget -qO- http://alpaca-prod:8080/healthy; echo
kubectl get service kube-dns -n kube-system
kubectl expose deployment alpaca-prod --name=peers --cluster-ip=None
kubectl exec dns -- nslookup peers
BEFORE=$(kubectl get service alpaca-prod -o jsonpath='{.spec.clusterIP}')
IPS=$(kubectl get pods -l app=alpaca-prod -o jsonpath='{.items[*].status.podIP}')
kubectl delete pods -l app=alpaca-prod --wait=false > /dev/null
kubectl rollout status deployment alpaca-prod | tail -1
sleep 40
[ "$BEFORE" = "$(kubectl get service alpaca-prod -o jsonpath='{.spec.clusterIP}')" ] && echo the Service kept its address
[ "$IPS" = "$(kubectl get pods -l app=alpaca-prod -o jsonpath='{.items[*].status.podIP}')" ] || echo the pods have others
kubectl exec dns -- wget -qO- http://alpaca-prod:8080/healthy; echo`,
  );
  expect(screen).toMatchInlineSnapshot(`
    "deployment.apps/alpaca-prod created
    deployment.apps/alpaca-prod labeled
    service/alpaca-prod exposed
    Waiting for deployment "alpaca-prod" rollout to finish: 0 of 2 updated replicas are available...
    deployment "alpaca-prod" successfully rolled out
    NAME          TYPE        CLUSTER-IP       EXTERNAL-IP   PORT(S)    AGE    SELECTOR
    alpaca-prod   ClusterIP   CLUSTER-IP   <none>        8080/TCP   3s     app=alpaca-prod
    kubernetes    ClusterIP   CLUSTER-IP        <none>        443/TCP    3m3s   <none>
    ok
    pod/dns created
    pod/dns condition met
    search default.svc.cluster.local svc.cluster.local cluster.local
    nameserver CLUSTER-IP
    options ndots:5
    Server:		CLUSTER-IP
    Address:	CLUSTER-IP:53

    Name:	alpaca-prod.default.svc.cluster.local
    Address: CLUSTER-IP

    Server:		CLUSTER-IP
    Address:	CLUSTER-IP:53

    Name:	alpaca-prod.default.svc.cluster.local
    Address: CLUSTER-IP

    Server:		CLUSTER-IP
    Address:	CLUSTER-IP:53

    Name:	alpaca-prod.default.svc.cluster.local
    Address: CLUSTER-IP

    Server:		CLUSTER-IP
    Address:	CLUSTER-IP:53

    ** server can't find nobody: NXDOMAIN

    command terminated with exit code 1
    exit 1
    ok
    NAME       TYPE        CLUSTER-IP   EXTERNAL-IP   PORT(S)                  AGE
    kube-dns   ClusterIP   CLUSTER-IP   <none>        53/UDP,53/TCP,9153/TCP   3m7s
    service/peers exposed
    Server:		CLUSTER-IP
    Address:	CLUSTER-IP:53

    Name:	peers.default.svc.cluster.local
    Address: POD-IP
    Name:	peers.default.svc.cluster.local
    Address: POD-IP

    deployment "alpaca-prod" successfully rolled out
    the Service kept its address
    the pods have others
    ok
    "
  `);
});
