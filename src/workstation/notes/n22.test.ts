import { expect, test } from "vitest";
import { notesLab, play } from "./play";

test("N22: a Service spreads requests over its pods", async () => {
  const screen = await play(
    notesLab(),
    `kubectl create deployment web --image=nginx:1.25 --replicas=3 --port=80
kubectl rollout status deployment web | tail -1
N=1
for POD in $(kubectl get pods -l app=web -o jsonpath='{.items[*].metadata.name}'); do
  kubectl exec $POD -- sh -c "echo web$N > /usr/share/nginx/html/index.html"
  N=$((N + 1))
done
for IP in $(kubectl get pods -l app=web -o jsonpath='{.items[*].status.podIP}'); do
  kubectl run ask --image=curlimages/curl --restart=Never --rm -i -q -- curl -s http://$IP
done
kubectl expose deployment web --port=80
kubectl run ask --image=curlimages/curl --restart=Never --rm -i -q -- sh -c 'for i in $(seq 40); do curl -s http://web; done' | sort | uniq -c | awk '{print $2}'
kubectl patch service web -p '{"spec":{"type":"NodePort","ports":[{"port":80,"nodePort":30080}]}}'
kubectl get service web
for NODE in 192.168.49.2 192.168.49.3 192.168.49.4; do curl -s http://$NODE:30080 > /dev/null && echo $NODE answers; done
kubectl patch service web -p '{"spec":{"type":"LoadBalancer"}}'
kubectl get service web
sleep 6
kubectl get service web
IP=$(kubectl get service web -o jsonpath='{.status.loadBalancer.ingress[0].ip}')
for i in $(seq 30); do curl -s http://$IP; done | sort -u
kubectl describe service web | sed -n '/^Events/,$p'
kubectl create service externalname other --external-name=web.default.svc.cluster.local
kubectl run ask --image=busybox:1.36 --restart=Never --rm -i -q -- nslookup other
kubectl patch service web -p '{"spec":{"sessionAffinity":"ClientIP"}}'
for i in $(seq 20); do curl -s http://$IP; done | sort -u | wc -l
kubectl get service other`,
  );
  expect(screen).toMatchInlineSnapshot(`
    "deployment.apps/web created
    deployment "web" successfully rolled out
    web1
    pod "ask" deleted
    web2
    pod "ask" deleted
    web3
    pod "ask" deleted
    service/web exposed
    pod
    web1
    web2
    web3
    service/web patched
    NAME   TYPE       CLUSTER-IP     EXTERNAL-IP   PORT(S)        AGE
    web    NodePort   CLUSTER-IP   <none>        80:30080/TCP   2s
    192.168.49.2 answers
    192.168.49.3 answers
    192.168.49.4 answers
    service/web patched
    NAME   TYPE           CLUSTER-IP     EXTERNAL-IP   PORT(S)        AGE
    web    LoadBalancer   CLUSTER-IP   <pending>     80:30080/TCP   2s
    NAME   TYPE           CLUSTER-IP     EXTERNAL-IP      PORT(S)        AGE
    web    LoadBalancer   CLUSTER-IP   EXTERNAL-IP   80:30080/TCP   8s
    web1
    web2
    web3
    Events:
      Type    Reason                Age   From                Message
      ----    ------                ----  ----                -------
      Normal  EnsuringLoadBalancer  6s    service-controller  Ensuring load balancer
      Normal  EnsuredLoadBalancer   1s    service-controller  Ensured load balancer
    service/other created
    Server:		CLUSTER-IP
    Address:	CLUSTER-IP:53

    Name:	other
    Address: CLUSTER-IP

    pod "ask" deleted
    service/web patched
    1
    NAME    TYPE           CLUSTER-IP   EXTERNAL-IP                     PORT(S)   AGE
    other   ExternalName   <none>       web.default.svc.cluster.local   <none>    3s
    "
  `);
});
