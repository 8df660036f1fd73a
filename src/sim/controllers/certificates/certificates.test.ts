import { expect, it } from "vitest";
import { base64Decode, base64Encode } from "@/posix/files/bytes";
import { Cluster } from "../../cluster";
import { createCertificateRequest, generateKeyPair, parseCertificate } from "../../network/pki";

const REQUESTS = "/apis/certificates.k8s.io/v1/certificatesigningrequests";
const { privateKeyPem } = generateKeyPair(new Uint8Array(32).fill(7));
const HOUR_MS = 3600 * 1000;

function ask(
  cluster: Cluster,
  name: string,
  spec: object,
  subject: [string, string][] = [
    ["O", "dev"],
    ["CN", "jane"],
  ],
) {
  const request = base64Encode(createCertificateRequest({ subject, privateKeyPem }));
  const signerName = "kubernetes.io/kube-apiserver-client";
  const body = {
    apiVersion: "certificates.k8s.io/v1",
    kind: "CertificateSigningRequest",
    metadata: { name },
    spec: { request, signerName, usages: ["client auth"], ...spec },
  };
  return cluster.request({ method: "POST", path: REQUESTS, body }).body as any;
}

const get = (cluster: Cluster, name: string): any =>
  cluster.request({ method: "GET", path: `${REQUESTS}/${name}` }).body;

function approve(cluster: Cluster, name: string, user?: { username: string }): any {
  const conditions = [{ type: "Approved", status: "True", reason: "Test", message: "yes" }];
  const body = { ...get(cluster, name), status: { conditions } };
  return cluster.request({ method: "PUT", path: `${REQUESTS}/${name}/approval`, body, ...(user && { user }) }).body;
}

it("signs what is approved, and lets in who shows the certificate, with the rights of its name and groups", () => {
  const cluster = Cluster.create();
  ask(cluster, "jane", { expirationSeconds: 7200 });
  approve(cluster, "jane");
  cluster.advanceTo(cluster.nowMs + 100);
  const clientCertificate = base64Decode(get(cluster, "jane").status.certificate)!;
  const { subject, extendedKeyUsage, notAfterMs } = parseCertificate(clientCertificate)!;
  expect({ subject, extendedKeyUsage }).toEqual({
    subject: [
      ["O", "dev"],
      ["CN", "jane"],
    ],
    extendedKeyUsage: ["clientAuth"],
  });
  expect(Math.round((notAfterMs - cluster.nowMs) / HOUR_MS)).toBe(2);
  const list = () => cluster.request({ method: "GET", path: "/api/v1/namespaces/default/pods", clientCertificate });
  expect((list().body as any).message).toBe(
    'pods is forbidden: User "jane" cannot list resource "pods" in API group "" in the namespace "default"',
  );
  cluster.request({
    method: "POST",
    path: "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
    body: {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRoleBinding",
      metadata: { name: "dev" },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "view" },
      subjects: [{ kind: "Group", name: "dev", apiGroup: "rbac.authorization.k8s.io" }],
    },
  });
  expect(list().status).toBe(200);
  cluster.advanceTo(cluster.nowMs + 3 * HOUR_MS);
  expect(list().status).toBe(401);
});

it("says why it does not sign, and to whom approving is refused", () => {
  const cluster = Cluster.create();
  ask(cluster, "server", { usages: ["client auth", "server auth"] });
  expect(approve(cluster, "server", { username: "bob" }).message).toBe(
    'certificatesigningrequests.certificates.k8s.io "server" is forbidden: User "bob" cannot update resource "certificatesigningrequests/approval" in API group "certificates.k8s.io" at the cluster scope',
  );
  approve(cluster, "server");
  cluster.advanceTo(cluster.nowMs + 100);
  expect(get(cluster, "server").status.conditions[1]).toMatchObject({
    type: "Failed",
    reason: "SignerValidationFailure",
    message: "invalid usage for client certificate: server auth",
  });
  expect(
    ask(cluster, "root", {}, [
      ["O", "system:masters"],
      ["CN", "me"],
    ]).message,
  ).toBe(
    'certificatesigningrequests.certificates.k8s.io "root" is forbidden: use of kubernetes.io/kube-apiserver-client signer with system:masters group is not allowed',
  );
});

it("takes settled requests away after an hour, others after a day", () => {
  const cluster = Cluster.create();
  ask(cluster, "settled", {});
  ask(cluster, "open", {});
  approve(cluster, "settled");
  cluster.advanceTo(cluster.nowMs + 2 * HOUR_MS);
  expect([get(cluster, "settled").code, get(cluster, "open").code]).toEqual([404, undefined]);
  cluster.advanceTo(cluster.nowMs + 23 * HOUR_MS);
  expect(get(cluster, "open").code).toBe(404);
});
