import { expect, test } from "vitest";
import { Cluster } from "../cluster";
import { createCertificate } from "./pki/certificate";
import { generateKeyPair } from "./pki/keys";
import { verifyChain } from "./pki/verify";
import type { NetworkRequest } from "./types";

const PROXY = `server {
    listen 443;
    ssl    on;
    ssl_certificate     /etc/tls/cert.pem;
    ssl_certificate_key /etc/tls/key.pem;
    location / {
        proxy_pass http://127.0.0.1:80;
    }
}
`;

test("nginx ends TLS with the key pair of a Secret before the monolith", () => {
  const cluster = Cluster.create({ seed: "tls" });
  const dates = { notBeforeMs: cluster.nowMs - 1000, notAfterMs: cluster.nowMs + 86_400_000 };
  const [ca, own] = [generateKeyPair(new Uint8Array(48).fill(1)), generateKeyPair(new Uint8Array(48).fill(2))];
  const caPem = createCertificate({
    ...dates,
    subject: [["CN", "ca"]],
    serialNumber: 1,
    privateKeyPem: ca.privateKeyPem,
    isCa: true,
  });
  const issuer = { certificatePem: caPem, privateKeyPem: ca.privateKeyPem };
  const cert = createCertificate({
    ...dates,
    subject: [["CN", "web"]],
    serialNumber: 2,
    privateKeyPem: own.privateKeyPem,
    issuer,
    ipAddresses: ["127.0.0.1"],
  });
  const post = (resource: string, body: object) => {
    expect(cluster.request({ method: "POST", path: `/api/v1/namespaces/default/${resource}`, body }).status).toBe(201);
  };
  post("secrets", {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "tls-certs" },
    stringData: { "cert.pem": cert, "key.pem": own.privateKeyPem },
  });
  post("configmaps", {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "nginx-proxy-conf" },
    data: { "proxy.conf": PROXY },
  });
  post("pods", {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "secure-monolith", labels: { app: "monolith" } },
    spec: {
      containers: [
        {
          name: "nginx",
          image: "nginx:1.9.14",
          volumeMounts: [
            { name: "conf", mountPath: "/etc/nginx/conf.d" },
            { name: "tls", mountPath: "/etc/tls" },
          ],
        },
        { name: "monolith", image: "udacity/example-monolith:1.0.0", resources: { limits: { memory: "10Mi" } } },
      ],
      volumes: [
        { name: "tls", secret: { secretName: "tls-certs" } },
        { name: "conf", configMap: { name: "nginx-proxy-conf", items: [{ key: "proxy.conf", path: "proxy.conf" }] } },
      ],
    },
  });
  cluster.advanceTo(cluster.nowMs + 60_000);
  const request: NetworkRequest = {
    from: { kind: "workstation" },
    host: "127.0.0.1",
    port: 443,
    payload: {
      kind: "http",
      http: { method: "GET", path: "/", headers: [["Host", "127.0.0.1:10443"]], body: "" },
      tls: {},
    },
    intoPod: { namespace: "default", pod: "secure-monolith" },
  };
  const answer = cluster.apply({ kind: "network", request });
  expect(answer).toMatchObject({ outcome: "ok", http: { status: 200, body: '{"message":"Hello"}\n' } });
  expect(verifyChain(answer.tls!.chainPem, caPem, { atMs: cluster.nowMs, host: "127.0.0.1" })).toMatchObject({
    ok: true,
  });
  const { uid } = cluster.store.get("pods", "default", "secure-monolith")!.metadata;
  expect(cluster.runtime.log({ podUid: uid, container: "nginx" })!.at(-1)!.text).toMatch(
    /^127\.0\.0\.1 - - \[.*\] "GET \/ HTTP\/1\.1" 200 20 "-" "-" "-"$/,
  );
  expect(cluster.runtime.log({ podUid: uid, container: "monolith" })!.at(-1)!.text).toMatch(
    /^127\.0\.0\.1:\d+ - - \[.* UTC\] "GET \/ HTTP\/1\.1" $/,
  );
});
