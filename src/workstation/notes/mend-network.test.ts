import { expect, test } from "vitest";
import { notesLab, play } from "./play";

/** Networks that are broken in the ways in which learners break them: cause, what kubectl and curl show of it, cure. */

const SHOP = `kubectl create deployment shop --image=nginx:1.25 --replicas=2 --port=80
kubectl expose deployment shop --port=80
kubectl run client --image=curlimages/curl:8.10.1 --restart=Never -- sleep 100000
kubectl rollout status deployment shop > /dev/null
kubectl wait pod client --for=condition=Ready > /dev/null
ask() { kubectl exec client -- curl -sS -m 5 -o /dev/null -w '%{http_code}\\n' "$@" 2>&1 | sed 's/after [0-9]* ms/after N ms/'; }
`;

const screen = async (script: string, addons: "ingress-nginx"[] = []) => {
  const lab = notesLab({ cluster: { addons } });
  await play(lab, `{ ${SHOP}} > /dev/null`);
  return play(lab, `${SHOP.slice(SHOP.indexOf("ask()"))}${script}`);
};

test("the selector of a Service is mistyped", async () => {
  expect(
    await screen(`kubectl patch service shop -p '{"spec":{"selector":{"app":"shpo"}}}'
sleep 1
ask http://shop
kubectl get endpointslices -l kubernetes.io/service-name=shop -o custom-columns=ENDPOINTS:.endpoints
kubectl describe service shop | grep -E 'Selector|Endpoints'
kubectl get pods -l app=shpo
kubectl patch service shop -p '{"spec":{"selector":{"app":"shop"}}}'
sleep 1
ask http://shop`),
  ).toMatchInlineSnapshot(`
    "service/shop patched
    curl: (7) Failed to connect to shop port 80 after N ms: Couldn't connect to server
    000
    command terminated with exit code 7
    ENDPOINTS
    <none>
    Selector:                 app=shpo
    Endpoints:                
    No resources found in default namespace.
    service/shop patched
    200
    "
  `);
});

test("targetPort is one at which nobody listens", async () => {
  expect(
    await screen(`kubectl patch service shop -p '{"spec":{"ports":[{"port":80,"targetPort":8080}]}}'
sleep 1
ask http://shop
kubectl describe service shop | grep -E 'TargetPort|Endpoints'
kubectl patch service shop -p '{"spec":{"ports":[{"port":80,"targetPort":80}]}}'
sleep 1
ask http://shop`),
  ).toMatchInlineSnapshot(`
    "service/shop patched
    curl: (7) Failed to connect to shop port 80 after N ms: Couldn't connect to server
    000
    command terminated with exit code 7
    TargetPort:               8080/TCP
    Endpoints:                POD-IP:8080,POD-IP:8080
    service/shop patched
    200
    "
  `);
});

test("no pod is ready", async () => {
  expect(
    await screen(`kubectl patch deployment shop -p '{"spec":{"strategy":{"type":"Recreate","rollingUpdate":null},"template":{"spec":{"containers":[{"name":"nginx","readinessProbe":{"httpGet":{"path":"/ready","port":80}}}]}}}}'
sleep 40
kubectl get pods -l app=shop --no-headers | awk '{print $2, $3}'
ask http://shop
kubectl describe service shop | grep -E 'Endpoints'
kubectl describe pods -l app=shop | grep -m1 -o 'Readiness probe failed.*'
kubectl patch deployment shop -p '{"spec":{"template":{"spec":{"containers":[{"name":"nginx","readinessProbe":{"httpGet":{"path":"/","port":80}}}]}}}}'
sleep 40
ask http://shop`),
  ).toMatchInlineSnapshot(`
    "deployment.apps/shop patched
    0/1 Running
    0/1 Running
    curl: (7) Failed to connect to shop port 80 after N ms: Couldn't connect to server
    000
    command terminated with exit code 7
    Endpoints:                
    Readiness probe failed: HTTP probe failed with statuscode: 404
    deployment.apps/shop patched
    200
    "
  `);
});

test("a NetworkPolicy lets nobody in", async () => {
  expect(
    await screen(`cat > deny.yaml <<END
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: deny}
spec: {podSelector: {}}
END
kubectl apply -f deny.yaml
ask http://shop
kubectl describe networkpolicy deny | tail -5
kubectl patch networkpolicy deny -p '{"spec":{"ingress":[{"from":[{"podSelector":{"matchLabels":{"run":"client"}}}]}]}}'
ask http://shop`),
  ).toMatchInlineSnapshot(`
    "networkpolicy.networking.k8s.io/deny created
    curl: (28) Connection timed out after 5000 milliseconds
    000
    command terminated with exit code 28
      PodSelector:     <none> (Allowing the specific traffic to all pods in this namespace)
      Allowing ingress traffic:
        <none> (Selected pods are isolated for ingress connectivity)
      Not affecting egress traffic
      Policy Types: Ingress
    networkpolicy.networking.k8s.io/deny patched
    200
    "
  `);
});

test("CoreDNS is gone, or cannot read its configuration", async () => {
  expect(
    await screen(`kubectl scale deployment coredns -n kube-system --replicas=0
sleep 5
ask http://shop
kubectl exec client -- nslookup shop
ask http://$(kubectl get service shop -o jsonpath='{.spec.clusterIP}')
kubectl get configmap coredns -n kube-system -o yaml | sed 's/    ready/    raedy/' | kubectl apply -f - 2> /dev/null
kubectl scale deployment coredns -n kube-system --replicas=2
sleep 20
kubectl get pods -n kube-system -l k8s-app=kube-dns --no-headers | awk '{print $2, $3}'
kubectl logs -n kube-system deployment/coredns 2> /dev/null
kubectl get configmap coredns -n kube-system -o yaml | sed 's/    raedy/    ready/' | kubectl apply -f -
kubectl rollout restart deployment coredns -n kube-system
sleep 30
ask http://shop`),
  ).toMatchInlineSnapshot(`
    "deployment.apps/coredns scaled
    curl: (6) Could not resolve host: shop
    000
    command terminated with exit code 6
    ;; connection timed out; no servers could be reached

    command terminated with exit code 1
    200
    configmap/coredns configured
    deployment.apps/coredns scaled
    0/1 Error
    0/1 Error
    /etc/coredns/Corefile:6 - Error during parsing: Unknown directive 'raedy'
    configmap/coredns configured
    deployment.apps/coredns restarted
    200
    "
  `);
});

test("kube-proxy of a node does not run", async () => {
  expect(
    await screen(`NODE=$(kubectl get pod client -o jsonpath='{.spec.nodeName}')
POD=$(kubectl get pods -n kube-system -l k8s-app=kube-proxy --field-selector spec.nodeName=$NODE -o name)
IMAGE=$(kubectl get -n kube-system $POD -o jsonpath='{.spec.containers[0].image}')
kubectl set image -n kube-system $POD kube-proxy=registry.k8s.io/kube-proxy:v0 > /dev/null
sleep 20
kubectl get -n kube-system $POD --no-headers | awk '{print $2, $3}'
ask http://shop
kubectl expose deployment shop --name=new --port=80
sleep 2
ask http://new
kubectl set image -n kube-system $POD kube-proxy=$IMAGE > /dev/null
sleep 120
ask http://new`),
  ).toMatchInlineSnapshot(`
    "0/1 ErrImagePull
    200
    service/new exposed
    curl: (28) Connection timed out after 5000 milliseconds
    000
    command terminated with exit code 28
    200
    "
  `);
});

test("an Ingress names a class that is not there", async () => {
  expect(
    await screen(
      `kubectl create ingress shop --class=ngnix --rule='shop.example.com/*=shop:80'
sleep 30
kubectl get ingress shop
IP=$(kubectl get service -n ingress-nginx ingress-nginx-controller -o jsonpath='{.status.loadBalancer.ingress[0].ip}')
try() { curl -s -o /dev/null -w '%{http_code}\\n' --resolve shop.example.com:80:$IP http://shop.example.com/; }
try
kubectl describe ingress shop | grep -E 'Class|Events'
kubectl get ingressclass -o name
kubectl logs -n ingress-nginx deployment/ingress-nginx-controller | grep -o 'Ignoring.*'
kubectl patch ingress shop -p '{"spec":{"ingressClassName":"nginx"}}'
sleep 30
kubectl get ingress shop
try`,
      ["ingress-nginx"],
    ),
  ).toMatchInlineSnapshot(`
    "ingress.networking.k8s.io/shop created
    NAME   CLASS   HOSTS              ADDRESS   PORTS   AGE
    shop   ngnix   shop.example.com             80      30s
    404
    Ingress Class:    ngnix
    Events:             <none>
    ingressclass.networking.k8s.io/nginx
    Ignoring ingress because of error while validating ingress class" ingress="default/shop" error="no object matching key \\"ngnix\\" in local store"
    ingress.networking.k8s.io/shop patched
    NAME   CLASS   HOSTS              ADDRESS          PORTS   AGE
    shop   nginx   shop.example.com   EXTERNAL-IP   80      60s
    200
    "
  `);
});

test("an Ingress names a TLS Secret that is not there", async () => {
  expect(
    await screen(
      `kubectl create ingress shop --rule='shop.example.com/*=shop:80,tls=shop-tls'
sleep 2
IP=$(kubectl get service -n ingress-nginx ingress-nginx-controller -o jsonpath='{.status.loadBalancer.ingress[0].ip}')
openssl req -x509 -newkey rsa:2048 -nodes -keyout tls.key -out tls.crt -days 30 -subj /CN=shop.example.com -addext subjectAltName=DNS:shop.example.com 2> /dev/null
try() { curl -sS --cacert tls.crt -o /dev/null -w '%{http_code}\\n' --resolve shop.example.com:443:$IP https://shop.example.com/ 2>&1; }
try
openssl s_client -connect $IP:443 -servername shop.example.com < /dev/null 2> /dev/null | grep -m1 subject
kubectl logs -n ingress-nginx deployment/ingress-nginx-controller | grep -o 'Error getting.*'
kubectl create secret tls shop-tls --cert=tls.crt --key=tls.key
try`,
      ["ingress-nginx"],
    ),
  ).toMatchInlineSnapshot(`
    "ingress.networking.k8s.io/shop created
    curl: (60) SSL certificate problem: self-signed certificate
    More details here: https://curl.se/docs/sslcerts.html

    curl failed to verify the legitimacy of the server and therefore could not
    establish a secure connection to it. To learn more about this situation and
    how to fix it, please visit the web page mentioned above.
    000
    subject=O = Acme Co, CN = Kubernetes Ingress Controller Fake Certificate
    Error getting SSL certificate "default/shop-tls": local SSL certificate default/shop-tls was not found. Using default certificate
    secret/shop-tls created
    200
    "
  `);
});

test("externalTrafficPolicy is Local, and a node has no pod of the Service", async () => {
  expect(
    await screen(`kubectl scale deployment shop --replicas=1 > /dev/null
kubectl patch service shop -p '{"spec":{"type":"NodePort","externalTrafficPolicy":"Local","ports":[{"port":80,"nodePort":30080}]}}'
sleep 30
try() { for NODE in 192.168.49.2 192.168.49.3 192.168.49.4; do curl -s -o /dev/null -m 2 -w '%{http_code}\\n' http://$NODE:30080; done | sort | uniq -c; }
try
kubectl describe service shop | grep 'External Traffic'
kubectl patch service shop -p '{"spec":{"externalTrafficPolicy":"Cluster"}}'
try`),
  ).toMatchInlineSnapshot(`
    "service/shop patched
          2 000
          1 200
    External Traffic Policy:  Local
    service/shop patched
          3 200
    "
  `);
});
