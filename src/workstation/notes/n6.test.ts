import { expect, test } from "vitest";
import { FILES, MAKE_CERTIFICATES } from "./manifests";
import { notesLab, play } from "./play";

test("N6: certificates in a Secret, the proxy's configuration in a ConfigMap", async () => {
  const screen = await play(
    notesLab({ files: FILES }),
    `${MAKE_CERTIFICATES}ls tls
openssl verify -CAfile tls/ca.pem tls/cert.pem
openssl x509 -in tls/cert.pem -noout -subject -issuer -ext subjectAltName
kubectl create secret generic tls-certs --from-file=tls/
kubectl describe secrets tls-certs | sed 's/[0-9]* bytes/N bytes/'
kubectl create configmap nginx-proxy-conf --from-file=nginx/proxy.conf
kubectl describe configmap nginx-proxy-conf
kubectl get secret tls-certs -o jsonpath='{.data.ca\\.pem}' | base64 -d | diff - tls/ca.pem && echo same
wc -c < tls/ca.pem | grep -qx "$(kubectl describe secret tls-certs | awk '/^ca.pem/ {print $2}')" && echo sizes agree
kubectl create secret generic tls-certs --from-file=tls/
kubectl create secret generic other --from-file=nothing/`,
  );
  expect(screen).toMatchInlineSnapshot(`
    "ca.pem  cert.pem  key.pem
    tls/cert.pem: OK
    subject=CN = monolith
    issuer=O = Notes, CN = Notes authority
    X509v3 Subject Alternative Name: 
        DNS:localhost, IP Address:127.0.0.1
    secret/tls-certs created
    Name:         tls-certs
    Namespace:    default
    Labels:       <none>
    Annotations:  <none>

    Type:  Opaque

    Data
    ====
    ca.pem:    N bytes
    cert.pem:  N bytes
    key.pem:   N bytes
    configmap/nginx-proxy-conf created
    Name:         nginx-proxy-conf
    Namespace:    default
    Labels:       <none>
    Annotations:  <none>

    Data
    ====
    proxy.conf:
    ----
    server {
        listen 443 ssl;
        ssl_certificate     /etc/tls/cert.pem;
        ssl_certificate_key /etc/tls/key.pem;
        location / {
            proxy_pass http://127.0.0.1:80;
        }
    }



    BinaryData
    ====

    Events:  <none>
    same
    sizes agree
    error: failed to create secret secrets "tls-certs" already exists
    error: error reading nothing/: no such file or directory
    "
  `);
});
