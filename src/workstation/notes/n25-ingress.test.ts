import { expect, test } from "vitest";
import { notesLab, play } from "./play";

test("N25: an ingress controller routes by host and path, with TLS", async () => {
  const screen = await play(
    notesLab({ cluster: { addons: ["ingress-nginx"] } }),
    `kubectl get pods -n ingress-nginx --no-headers | awk '{print $2, $3}'
kubectl get ingressclass
IP=$(kubectl get service -n ingress-nginx ingress-nginx-controller -o jsonpath='{.status.loadBalancer.ingress[0].ip}')
for NAME in apple banana; do
  kubectl run $NAME --image=hashicorp/http-echo:1.0 --labels=app=$NAME --port=5678 -- -text=$NAME
  kubectl expose pod $NAME --port=80 --target-port=5678
done
kubectl wait pod apple banana --for=condition=Ready
curl -s -o /dev/null -w '%{http_code}\\n' http://$IP/
kubectl create ingress fruit --rule='fruit.example.com/apple*=apple:80' --rule='fruit.example.com/banana*=banana:80'
sleep 25
kubectl get ingress fruit
kubectl describe ingress fruit
curl -s -H 'Host: fruit.example.com' http://$IP/apple
curl -s --resolve fruit.example.com:80:$IP http://fruit.example.com/banana
curl -s --resolve fruit.example.com:80:$IP http://fruit.example.com/cherry
curl -si --resolve fruit.example.com:80:$IP http://fruit.example.com/apple | sed 's/^Date: .*/Date: NOW/'
openssl req -x509 -newkey rsa:2048 -nodes -keyout tls.key -out tls.crt -days 30 -subj /CN=fruit.example.com -addext subjectAltName=DNS:fruit.example.com 2>/dev/null
kubectl create secret tls fruit-tls --cert=tls.crt --key=tls.key
kubectl patch ingress fruit -p '{"spec":{"tls":[{"hosts":["fruit.example.com"],"secretName":"fruit-tls"}]}}'
kubectl get ingress fruit
curl -s -o /dev/null -w '%{http_code} %{redirect_url}\\n' --resolve fruit.example.com:80:$IP http://fruit.example.com/apple
curl -s --cacert tls.crt --resolve fruit.example.com:443:$IP https://fruit.example.com/apple
curl -s --resolve other.example.com:443:$IP https://other.example.com/ ; echo "exit $?"
kubectl annotate ingress fruit nginx.ingress.kubernetes.io/whitelist-source-range=203.0.113.0/24
curl -s -o /dev/null -w '%{http_code}\\n' -k --resolve fruit.example.com:443:$IP https://fruit.example.com/apple`,
  );
  expect(screen).toMatchInlineSnapshot(`
    "1/1 Running
    NAME    CONTROLLER             PARAMETERS   AGE
    nginx   k8s.io/ingress-nginx   <none>       3m
    pod/apple created
    service/apple exposed
    pod/banana created
    service/banana exposed
    pod/apple condition met
    pod/banana condition met
    404
    ingress.networking.k8s.io/fruit created
    NAME    CLASS   HOSTS               ADDRESS          PORTS   AGE
    fruit   nginx   fruit.example.com   EXTERNAL-IP   80      25s
    Name:             fruit
    Labels:           <none>
    Namespace:        default
    Address:          EXTERNAL-IP
    Ingress Class:    nginx
    Default backend:  <default>
    Rules:
      Host               Path  Backends
      ----               ----  --------
      fruit.example.com  
                         /apple    apple:80 (POD-IP:5678)
                         /banana   banana:80 (POD-IP:5678)
    Annotations:         <none>
    Events:
      Type    Reason  Age               From                      Message
      ----    ------  ----              ----                      -------
      Normal  Sync    5s (x3 over 25s)  nginx-ingress-controller  Scheduled for sync
    apple
    banana
    <html>
    <head><title>404 Not Found</title></head>
    <body>
    <center><h1>404 Not Found</h1></center>
    <hr><center>nginx</center>
    </body>
    </html>
    HTTP/1.1 200 OK
    Date: NOW
    X-App-Name: http-echo
    X-App-Version: 1.0.0
    Content-Type: text/plain; charset=utf-8
    Content-Length: 6
    Connection: keep-alive

    apple
    secret/fruit-tls created
    ingress.networking.k8s.io/fruit patched
    NAME    CLASS   HOSTS               ADDRESS          PORTS     AGE
    fruit   nginx   fruit.example.com   EXTERNAL-IP   80, 443   25s
    308 https://fruit.example.com/apple
    apple
    exit 60
    ingress.networking.k8s.io/fruit annotated
    403
    "
  `);
});
