import { describe, expect, it } from "vitest";
import { Cluster } from "../../cluster";
import type { ApiRequest } from "../request";

const RBAC = "/apis/rbac.authorization.k8s.io/v1";
const cluster = () => Cluster.create();
const as = (username: string, groups?: string) => ({
  "impersonate-user": username,
  ...(groups && { "impersonate-group": groups }),
});
const message = (one: Cluster, request: ApiRequest) => (one.request(request).body as any).message as string;
const grant = (one: Cluster, role: object, binding: object) => {
  for (const [plural, body] of [
    ["roles", { kind: "Role", ...role }],
    ["rolebindings", { kind: "RoleBinding", ...binding }],
  ] as const) {
    const path = `${RBAC}/namespaces/default/${plural}`;
    const answer = one.request({
      method: "POST",
      path,
      body: { apiVersion: "rbac.authorization.k8s.io/v1", ...body },
    });
    expect(answer.status).toBe(201);
  }
};
const reader = {
  metadata: { name: "reader" },
  rules: [
    { apiGroups: [""], resources: ["pods"], verbs: ["get", "list"] },
    { apiGroups: [""], resources: ["configmaps"], resourceNames: ["settings"], verbs: ["get"] },
  ],
};
const janeReads = {
  metadata: { name: "jane-reads" },
  roleRef: { kind: "Role", name: "reader" },
  subjects: [{ kind: "User", name: "jane" }],
};

describe("a user without any role", () => {
  it.each([
    [
      "GET",
      "/api/v1/namespaces/default/pods",
      'pods is forbidden: User "jane" cannot list resource "pods" in API group "" in the namespace "default"',
    ],
    [
      "GET",
      "/api/v1/nodes/node-1",
      'nodes "node-1" is forbidden: User "jane" cannot get resource "nodes" in API group "" at the cluster scope',
    ],
    [
      "GET",
      "/api/v1/namespaces/default",
      'namespaces "default" is forbidden: User "jane" cannot get resource "namespaces" in API group "" in the namespace "default"',
    ],
    [
      "PATCH",
      "/apis/apps/v1/namespaces/a/deployments/web/scale",
      'deployments.apps "web" is forbidden: User "jane" cannot patch resource "deployments/scale" in API group "apps" in the namespace "a"',
    ],
    [
      "DELETE",
      "/api/v1/namespaces/a/pods",
      'pods is forbidden: User "jane" cannot deletecollection resource "pods" in API group "" in the namespace "a"',
    ],
    ["GET", "/metrics", 'forbidden: User "jane" cannot get path "/metrics"'],
  ] as const)("is refused: %s %s", (method, path, text) => {
    const answer = cluster().request({ method, path, headers: as("jane") });
    expect([answer.status, (answer.body as any).message]).toEqual([403, text]);
  });

  it("may look at what everybody may", () => {
    const one = cluster();
    expect(one.request({ method: "GET", path: "/apis", headers: as("jane") }).status).toBe(200);
    expect(one.request({ method: "GET", path: "/healthz", headers: as("system:anonymous") }).status).toBe(200);
    expect(message(one, { method: "GET", path: "/apis", headers: as("system:anonymous") })).toBe(
      'forbidden: User "system:anonymous" cannot get path "/apis"',
    );
  });

  it("is refused streams and watches as well", () => {
    const one = cluster();
    const exec: ApiRequest = { method: "GET", path: "/api/v1/namespaces/a/pods/p/exec", headers: as("jane") };
    expect(() => one.authorize(exec)).toThrow(
      'pods "p" is forbidden: User "jane" cannot get resource "pods/exec" in API group "" in the namespace "a"',
    );
    expect(one.watch({ method: "GET", path: "/api/v1/pods", headers: as("jane") })).toMatchObject({
      status: 403,
      body: {
        message: 'pods is forbidden: User "jane" cannot watch resource "pods" in API group "" at the cluster scope',
      },
    });
  });
});

describe("a role", () => {
  it("allows its verbs, its names, its namespace, and nothing else", () => {
    const one = cluster();
    grant(one, reader, janeReads);
    const status = (method: ApiRequest["method"], path: string) =>
      one.request({ method, path, headers: as("jane") }).status;
    expect(status("GET", "/api/v1/namespaces/default/pods")).toBe(200);
    expect(status("GET", "/api/v1/namespaces/default/pods/none")).toBe(404);
    expect(status("GET", "/api/v1/namespaces/default/pods/none/log")).toBe(403);
    expect(status("DELETE", "/api/v1/namespaces/default/pods/none")).toBe(403);
    expect(status("GET", "/api/v1/namespaces/default/configmaps/settings")).toBe(404);
    expect(status("GET", "/api/v1/namespaces/default/configmaps/others")).toBe(403);
    expect(status("GET", "/api/v1/namespaces/kube-system/pods")).toBe(403);
    expect(status("GET", "/api/v1/pods")).toBe(403);
  });

  it("reaches service accounts and their groups", () => {
    const one = cluster();
    const subjects = [
      { kind: "ServiceAccount", name: "robot", namespace: "default" },
      { kind: "Group", name: "system:serviceaccounts:kube-public" },
    ];
    grant(one, reader, { ...janeReads, subjects });
    const status = (user: string) =>
      one.request({ method: "GET", path: "/api/v1/namespaces/default/pods", headers: as(user) }).status;
    expect(status("system:serviceaccount:default:robot")).toBe(200);
    expect(status("system:serviceaccount:other:robot")).toBe(403);
    expect(status("system:serviceaccount:kube-public:default")).toBe(200);
  });

  it("that is gone is named in the refusal", () => {
    const one = cluster();
    grant(one, reader, janeReads);
    one.request({ method: "DELETE", path: `${RBAC}/namespaces/default/roles/reader` });
    expect(message(one, { method: "GET", path: "/api/v1/namespaces/default/pods", headers: as("jane") })).toBe(
      'pods is forbidden: User "jane" cannot list resource "pods" in API group "" in the namespace "default": RBAC: role.rbac.authorization.k8s.io "reader" not found',
    );
  });
});

it("who impersonates must be allowed to", () => {
  const user = { username: "jane", groups: ["system:authenticated"] };
  const request = { method: "GET", path: "/api/v1/pods", user } as const;
  const one = cluster();
  expect(message(one, { ...request, headers: as("bob") })).toBe(
    'users "bob" is forbidden: User "jane" cannot impersonate resource "users" in API group "" at the cluster scope',
  );
  expect(message(one, { ...request, headers: as("system:serviceaccount:a:b") })).toBe(
    'serviceaccounts "b" is forbidden: User "jane" cannot impersonate resource "serviceaccounts" in API group "" in the namespace "a"',
  );
});

it("the learner is an administrator by kubeadm's binding, and by nothing else", () => {
  const one = cluster();
  expect(one.request({ method: "DELETE", path: `${RBAC}/clusterrolebindings/kubeadm:cluster-admins` }).status).toBe(
    200,
  );
  expect(message(one, { method: "GET", path: "/api/v1/nodes" })).toBe(
    'nodes is forbidden: User "kubernetes-admin" cannot list resource "nodes" in API group "" at the cluster scope',
  );
});
