import { createPublicKey, verify } from "node:crypto";
import { expect, it } from "vitest";
import { Cluster } from "../../cluster";
import { serviceAccountKey } from "../../network/pki/service-account-key";

const ACCOUNTS = "/api/v1/namespaces/default/serviceaccounts";

function request(cluster: Cluster, path: string, spec: any = {}): any {
  return cluster.request({
    method: "POST",
    path,
    body: { apiVersion: "authentication.k8s.io/v1", kind: "X", metadata: {}, spec },
  }).body;
}
const tokenOf = (cluster: Cluster, spec?: any): string =>
  request(cluster, `${ACCOUNTS}/default/token`, spec).status.token;
const review = (cluster: Cluster, token: string, more: any = {}) =>
  request(cluster, "/apis/authentication.k8s.io/v1/tokenreviews", { token, ...more }).status;
const list = (cluster: Cluster, token: string) =>
  cluster.request({ method: "GET", path: "/api/v1/pods", headers: { authorization: `Bearer ${token}` } });

it("signs tokens that others can verify with the cluster's public key", () => {
  const token = tokenOf(Cluster.create());
  const [head, body, signature] = token.split(".") as [string, string, string];
  const key = { key: createPublicKey(serviceAccountKey().publicKeyPem), dsaEncoding: "ieee-p1363" as const };
  expect(verify("sha256", Buffer.from(`${head}.${body}`), key, Buffer.from(signature, "base64url"))).toBe(true);
  const claims = JSON.parse(Buffer.from(body, "base64url").toString());
  expect(Object.keys(claims)).toEqual(["aud", "exp", "iat", "iss", "jti", "kubernetes.io", "nbf", "sub"]);
  expect(claims.exp - claims.iat).toBe(3600);
  expect(claims.sub).toBe("system:serviceaccount:default:default");
});

it("lets the account in whose token it is, with the rights of the account", () => {
  const cluster = Cluster.create();
  const answer = list(cluster, tokenOf(cluster));
  expect(answer.body).toMatchObject({
    code: 403,
    message:
      'pods is forbidden: User "system:serviceaccount:default:default" cannot list resource "pods" in API group "" at the cluster scope',
  });
});

it.each([
  ["changed", (token: string) => `${token.slice(0, -4)}AAAA`],
  ["no token at all", () => "hello"],
  ["without a signature", (token: string) => token.split(".").slice(0, 2).join(".")],
])("does not let in who shows one that is %s", (_, change) => {
  const cluster = Cluster.create();
  const token = change(tokenOf(cluster));
  expect(list(cluster, token).body).toMatchObject({ code: 401, reason: "Unauthorized", message: "Unauthorized" });
  expect(review(cluster, token)).toEqual({ user: {}, error: "invalid bearer token" });
});

it("holds a token to its time, its audience and its account", () => {
  const cluster = Cluster.create();
  const short = tokenOf(cluster, { expirationSeconds: 600 });
  const other = tokenOf(cluster, { audiences: ["vault"] });
  expect(list(cluster, other).status).toBe(401);
  expect(review(cluster, other, { audiences: ["vault"] })).toMatchObject({ authenticated: true, audiences: ["vault"] });
  expect(list(cluster, short).status).toBe(403);
  cluster.advanceTo(cluster.nowMs + 661_000);
  expect(review(cluster, short).error).toBe("[invalid bearer token, service account token has expired]");
  const late = tokenOf(cluster);
  cluster.request({ method: "DELETE", path: `${ACCOUNTS}/default` });
  expect(review(cluster, late).error).toBe("[invalid bearer token, service account token has been invalidated]");
});

it("ends a token with the object to which it is bound", () => {
  const cluster = Cluster.create();
  const secrets = "/api/v1/namespaces/default/secrets";
  const boundObjectRef = { kind: "Secret", apiVersion: "v1", name: "s" };
  expect(request(cluster, `${ACCOUNTS}/default/token`, { boundObjectRef }).message).toBe('secrets "s" not found');
  cluster.request({
    method: "POST",
    path: secrets,
    body: { apiVersion: "v1", kind: "Secret", metadata: { name: "s" } },
  });
  const token = tokenOf(cluster, { boundObjectRef });
  expect(review(cluster, token).authenticated).toBe(true);
  cluster.request({ method: "DELETE", path: `${secrets}/s` });
  expect(review(cluster, token).authenticated).toBeUndefined();
});

it("refuses times that are too short and too long", () => {
  const cluster = Cluster.create();
  const ask = (expirationSeconds: number) =>
    request(cluster, `${ACCOUNTS}/default/token`, { expirationSeconds }).message;
  const start = 'TokenRequest.authentication.k8s.io "" is invalid: spec.expirationSeconds: Invalid value:';
  expect(ask(60)).toBe(`${start} 60: may not specify a duration less than 10 minutes`);
  expect(ask(2 ** 33)).toBe(`${start} 8589934592: may not specify a duration larger than 2^32 seconds`);
});

it("fills token Secrets, whose tokens hold as long as they do, and takes them away with the account", () => {
  const cluster = Cluster.create();
  const secrets = "/api/v1/namespaces/default/secrets";
  const body = {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "t", annotations: { "kubernetes.io/service-account.name": "default" } },
    type: "kubernetes.io/service-account-token",
  };
  cluster.request({ method: "POST", path: secrets, body });
  cluster.advanceTo(cluster.nowMs + 1000);
  const secret = cluster.store.get("secrets", "default", "t") as any;
  expect(Object.keys(secret.data).sort()).toEqual(["ca.crt", "namespace", "token"]);
  const token = Buffer.from(secret.data.token, "base64").toString();
  expect(review(cluster, token).user.username).toBe("system:serviceaccount:default:default");
  cluster.request({ method: "DELETE", path: `${ACCOUNTS}/default` });
  cluster.advanceTo(cluster.nowMs + 1000);
  expect(cluster.store.get("secrets", "default", "t")).toBeUndefined();
  expect(review(cluster, token).authenticated).toBeUndefined();
});
