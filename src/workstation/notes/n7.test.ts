import { expect, test } from "vitest";
import { FILES, MAKE_CERTIFICATES } from "./manifests";
import { notesLab, play } from "./play";

const CONFIGURE = `${MAKE_CERTIFICATES}kubectl create secret generic tls-certs --from-file=tls/
kubectl create configmap nginx-proxy-conf --from-file=nginx/proxy.conf
`;
const FORWARD = `kubectl port-forward secure-monolith 10443:443 > /dev/null &
sleep 1
`;

test("N7: TLS in front of the monolith, verified against the authority", async () => {
  const screen = await play(
    notesLab({ files: FILES }),
    `${CONFIGURE}kubectl create -f pods/secure-monolith.yaml
kubectl get pods secure-monolith
sleep 30
kubectl get pods secure-monolith
${FORWARD}curl --cacert tls/ca.pem https://127.0.0.1:10443; echo
curl https://127.0.0.1:10443
curl http://127.0.0.1:10443 | grep title
kubectl logs -c nginx secure-monolith
kubectl exec secure-monolith -c nginx -- ls /etc/tls /etc/nginx/conf.d
kubectl delete pod secure-monolith
kubectl get pods`,
  );
  expect(screen).toMatchInlineSnapshot(`
    "secret/tls-certs created
    configmap/nginx-proxy-conf created
    pod/secure-monolith created
    NAME              READY   STATUS              RESTARTS   AGE
    secure-monolith   0/2     ContainerCreating   0          0s
    NAME              READY   STATUS    RESTARTS   AGE
    secure-monolith   2/2     Running   0          30s
    {"message":"Hello"}

    curl: (60) SSL certificate problem: unable to get local issuer certificate
    More details here: https://curl.se/docs/sslcerts.html

    curl failed to verify the legitimacy of the server and therefore could not
    establish a secure connection to it. To learn more about this situation and
    how to fix it, please visit the web page mentioned above.
      % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current
                                     Dload  Upload   Total   Spent    Left  Speed
    100   271  100   271    0     0 135500      0 --:--:-- --:--:-- --:--:-- 135500
    <head><title>400 The plain HTTP request was sent to HTTPS port</title></head>
    127.0.0.1 - - [05/Jan/2026:09:00:31 +0000] "GET / HTTP/1.1" 200 20 "-" "curl/7.88.1" "-"
    127.0.0.1 - - [05/Jan/2026:09:00:31 +0000] "GET / HTTP/1.1" 400 271 "-" "curl/7.88.1" "-"
    /etc/nginx/conf.d:
    proxy.conf

    /etc/tls:
    ca.pem
    cert.pem
    key.pem
    pod "secure-monolith" deleted
    No resources found in default namespace.
    "
  `);
});

test("N7: without the Secret the pod waits; with a key of another certificate nginx does not start", async () => {
  const screen = await play(
    notesLab({ files: FILES }),
    `${MAKE_CERTIFICATES}kubectl create configmap nginx-proxy-conf --from-file=nginx/proxy.conf
kubectl create -f pods/secure-monolith.yaml
sleep 60
kubectl get pods
kubectl describe pod secure-monolith | sed -n '/^Events/,$p'
openssl genrsa -out tls/key.pem 2048 2> /dev/null
kubectl create secret generic tls-certs --from-file=tls/
sleep 90
kubectl get pods
kubectl logs secure-monolith -c nginx`,
  );
  expect(screen).toMatchInlineSnapshot(`
    "configmap/nginx-proxy-conf created
    pod/secure-monolith created
    NAME              READY   STATUS              RESTARTS   AGE
    secure-monolith   0/2     ContainerCreating   0          60s
    Events:
      Type     Reason       Age                From               Message
      ----     ------       ----               ----               -------
      Normal   Scheduled    60s                default-scheduler  Successfully assigned default/secure-monolith to NODE
      Warning  FailedMount  29s (x7 over 60s)  kubelet            MountVolume.SetUp failed for volume "tls-certs" : secret "tls-certs" not found
    secret/tls-certs created
    NAME              READY   STATUS   RESTARTS      AGE
    secure-monolith   1/2     Error    4 (50s ago)   2m30s
    2026/01/05 09:02:20 [emerg] 1#1: SSL_CTX_use_PrivateKey_file("/etc/tls/key.pem") failed (SSL: error:0B080074:x509 certificate routines:X509_check_private_key:key values mismatch)
    nginx: [emerg] SSL_CTX_use_PrivateKey_file("/etc/tls/key.pem") failed (SSL: error:0B080074:x509 certificate routines:X509_check_private_key:key values mismatch)
    "
  `);
});
