/** The pods and the Service of the notes, in our words. */

const monolithContainer = (probes: boolean, args: boolean) => `
    - name: monolith
      image: udacity/example-monolith:1.0.0
${args ? '      args: ["-http=0.0.0.0:80", "-health=0.0.0.0:81", "-secret=secret"]\n' : ""}      ports:
        - { name: http, containerPort: 80 }
        - { name: health, containerPort: 81 }
      resources:
        limits: { cpu: 0.2, memory: "10Mi" }
${
  probes
    ? `      livenessProbe:
        httpGet: { path: /healthz, port: 81, scheme: HTTP }
        initialDelaySeconds: 5
        periodSeconds: 15
        timeoutSeconds: 5
      readinessProbe:
        httpGet: { path: /readiness, port: 81, scheme: HTTP }
        initialDelaySeconds: 5
        timeoutSeconds: 1
`
    : ""
}`;

const pod = (name: string) => `apiVersion: v1
kind: Pod
metadata:
  name: ${name}
  labels:
    app: monolith
spec:
  containers:`;

export const MONOLITH = pod("monolith") + monolithContainer(false, true);

export const HEALTHY_MONOLITH = pod("healthy-monolith") + monolithContainer(true, false);

export const SECURE_MONOLITH = `${pod("secure-monolith")}
    - name: nginx
      image: "nginx:1.9.14"
      lifecycle:
        preStop:
          exec:
            command: ["/usr/sbin/nginx", "-s", "quit"]
      volumeMounts:
        - { name: nginx-proxy-conf, mountPath: /etc/nginx/conf.d }
        - { name: tls-certs, mountPath: /etc/tls }${monolithContainer(true, false)}
  volumes:
    - name: tls-certs
      secret:
        secretName: tls-certs
    - name: nginx-proxy-conf
      configMap:
        name: nginx-proxy-conf
        items:
          - { key: proxy.conf, path: proxy.conf }
`;

export const PROXY_CONF = `server {
    listen 443 ssl;
    ssl_certificate     /etc/tls/cert.pem;
    ssl_certificate_key /etc/tls/key.pem;
    location / {
        proxy_pass http://127.0.0.1:80;
    }
}
`;

export const MONOLITH_SERVICE = `kind: Service
apiVersion: v1
metadata:
  name: monolith
spec:
  type: NodePort
  selector:
    app: monolith
    secure: enabled
  ports:
    - protocol: TCP
      port: 443
      targetPort: 443
      nodePort: 31000
`;

/** The files as the notes lay them out in the learner's home. */
export const FILES = {
  "pods/monolith.yaml": MONOLITH,
  "pods/healthy-monolith.yaml": HEALTHY_MONOLITH,
  "pods/secure-monolith.yaml": SECURE_MONOLITH,
  "nginx/proxy.conf": PROXY_CONF,
  "services/monolith.yaml": MONOLITH_SERVICE,
};

/** A certificate authority and a server's key pair, made with the lab's own openssl. What openssl says goes nowhere. */
export const MAKE_CERTIFICATES = `mkdir -p tls authority && (
openssl req -x509 -newkey rsa:2048 -nodes -days 365 -keyout authority/key.pem -out tls/ca.pem -subj "/O=Notes/CN=Notes authority"
openssl genrsa -out tls/key.pem 2048
openssl req -new -key tls/key.pem -out authority/server.csr -subj "/CN=monolith"
echo "subjectAltName=IP:127.0.0.1,DNS:localhost" > authority/names.cnf
openssl x509 -req -in authority/server.csr -CA tls/ca.pem -CAkey authority/key.pem -CAcreateserial -days 30 -out tls/cert.pem -extfile authority/names.cnf
) > /dev/null 2>&1
`;
