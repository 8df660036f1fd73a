import { describe, expect, it } from "vitest";
import { Cluster } from "../../cluster";

const RBAC = "/apis/rbac.authorization.k8s.io/v1";
const JANE = { username: "jane", groups: ["devs", "system:authenticated"] };

/** A cluster in whose namespace `default` Jane is an admin by the cluster role of that name. */
function janeAdministers(): Cluster {
  const cluster = Cluster.create();
  const answer = cluster.request({
    method: "POST",
    path: `${RBAC}/namespaces/default/rolebindings`,
    body: {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "RoleBinding",
      metadata: { name: "jane" },
      roleRef: { kind: "ClusterRole", name: "admin" },
      subjects: [{ kind: "User", name: "jane" }],
    },
  });
  expect(answer.status).toBe(201);
  return cluster;
}

function create(cluster: Cluster, kind: string, content: object): [number, string | undefined] {
  const { status, body } = cluster.request({
    method: "POST",
    path: `${RBAC}/namespaces/default/${kind.toLowerCase()}s`,
    user: JANE,
    body: { apiVersion: "rbac.authorization.k8s.io/v1", kind, metadata: { name: "new" }, ...content },
  });
  return [status, (body as any).message];
}

describe("who administers a namespace", () => {
  it("grants what they have", () => {
    const rules = [{ apiGroups: ["apps"], resources: ["deployments"], verbs: ["get", "delete"] }];
    expect(create(janeAdministers(), "Role", { rules })[0]).toBe(201);
  });

  it("grants nothing else", () => {
    const rules = [
      { apiGroups: [""], resources: ["pods", "nodes"], verbs: ["list", "get"] },
      { apiGroups: ["apps"], resources: ["*"], verbs: ["get"] },
    ];
    expect(create(janeAdministers(), "Role", { rules })).toEqual([
      403,
      'roles.rbac.authorization.k8s.io "new" is forbidden: user "jane" (groups=["devs" "system:authenticated"]) is attempting to grant RBAC permissions not currently held:\n' +
        '{APIGroups:[""], Resources:["nodes"], Verbs:["list" "get"]}\n' +
        '{APIGroups:["apps"], Resources:["*"], Verbs:["get"]}',
    ]);
  });

  it("binds no role that can do more", () => {
    const roleRef = { kind: "ClusterRole", name: "cluster-admin" };
    const [status, message] = create(janeAdministers(), "RoleBinding", { roleRef });
    expect([status, message]).toEqual([
      403,
      'rolebindings.rbac.authorization.k8s.io "new" is forbidden: user "jane" (groups=["devs" "system:authenticated"]) is attempting to grant RBAC permissions not currently held:\n' +
        '{APIGroups:["*"], Resources:["*"], Verbs:["*"]}\n' +
        '{NonResourceURLs:["*"], Verbs:["*"]}',
    ]);
  });

  it("binds no role that is not there", () => {
    expect(create(janeAdministers(), "RoleBinding", { roleRef: { kind: "Role", name: "none" } })).toEqual([
      404,
      'roles.rbac.authorization.k8s.io "none" not found',
    ]);
  });

  it("reads rules that come together from the labelled roles", () => {
    const cluster = janeAdministers();
    const { body } = cluster.request({
      method: "POST",
      path: "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
      user: JANE,
      body: {
        apiVersion: "authorization.k8s.io/v1",
        kind: "SelfSubjectAccessReview",
        spec: { resourceAttributes: { verb: "delete", resource: "pods", namespace: "default" } },
      },
    });
    expect((body as any).status).toEqual({
      allowed: true,
      reason: 'RBAC: allowed by RoleBinding "jane/default" of ClusterRole "admin" to User "jane"',
    });
  });
});
