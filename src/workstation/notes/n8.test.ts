import { expect, test } from "vitest";
import { FILES, MAKE_CERTIFICATES } from "./manifests";
import { notesLab, play } from "./play";

test("N8: the Service has no endpoints until the pod has the label", async () => {
  const screen = await play(
    notesLab({ files: FILES }),
    `${MAKE_CERTIFICATES}kubectl create secret generic tls-certs --from-file=tls/
kubectl create configmap nginx-proxy-conf --from-file=nginx/proxy.conf
kubectl create -f pods/secure-monolith.yaml
kubectl create -f services/monolith.yaml
kubectl wait pod secure-monolith --for condition=Ready
kubectl get pods -l "app=monolith"
kubectl get pods -l "app=monolith,secure=enabled"
kubectl describe services monolith
NODE=$(kubectl get node node-1 -o jsonpath='{.status.addresses[?(@.type=="InternalIP")].address}')
curl -k https://$NODE:31000 2>&1 | sed 's/after [0-9]* ms/after N ms/'
kubectl label pods secure-monolith "secure=enabled"
kubectl get pods -l "app=monolith,secure=enabled"
kubectl describe services monolith | grep -E '^(Selector|NodePort|Endpoints)'
curl -k https://$NODE:31000; echo
curl -sS --cacert tls/ca.pem https://$NODE:31000 2>&1 | head -1
kubectl label pods secure-monolith secure-
kubectl describe services monolith | grep -E '^Endpoints'`,
  );
  expect(screen).toMatchInlineSnapshot(`
    "secret/tls-certs created
    configmap/nginx-proxy-conf created
    pod/secure-monolith created
    service/monolith created
    pod/secure-monolith condition met
    NAME              READY   STATUS    RESTARTS   AGE
    secure-monolith   2/2     Running   0          17s
    No resources found in default namespace.
    Name:                     monolith
    Namespace:                default
    Labels:                   <none>
    Annotations:              <none>
    Selector:                 app=monolith,secure=enabled
    Type:                     NodePort
    IP Family Policy:         SingleStack
    IP Families:              IPv4
    IP:                       CLUSTER-IP
    IPs:                      CLUSTER-IP
    Port:                     <unset>  443/TCP
    TargetPort:               443/TCP
    NodePort:                 <unset>  31000/TCP
    Endpoints:                
    Session Affinity:         None
    External Traffic Policy:  Cluster
    Internal Traffic Policy:  Cluster
    Events:                   <none>
      % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current
                                     Dload  Upload   Total   Spent    Left  Speed
      0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0
    curl: (7) Failed to connect to 192.168.49.3 port 31000 after N ms: Couldn't connect to server
    pod/secure-monolith labeled
    NAME              READY   STATUS    RESTARTS   AGE
    secure-monolith   2/2     Running   0          17s
    Selector:                 app=monolith,secure=enabled
    NodePort:                 <unset>  31000/TCP
    Endpoints:                POD-IP:443
    {"message":"Hello"}

    curl: (60) SSL: no alternative certificate subject name matches target host name '192.168.49.3'
    pod/secure-monolith unlabeled
    Endpoints:                
    "
  `);
});
