import { expect, it } from "vitest";
import { Cluster } from "../../../cluster";

const BASE = "/apis/admissionregistration.k8s.io/v1";

function post(cluster: Cluster, path: string, body: any) {
  return cluster.request({ method: "POST", path, body }) as any;
}

/** A cluster with a policy for ConfigMaps, bound with these actions. */
function governed(policy: object, binding: object = { validationActions: ["Deny"] }): Cluster {
  const cluster = Cluster.create();
  const apiVersion = "admissionregistration.k8s.io/v1";
  const rule = {
    apiGroups: [""],
    apiVersions: ["v1"],
    operations: ["CREATE", "UPDATE", "DELETE"],
    resources: ["configmaps"],
  };
  const made = [
    post(cluster, `${BASE}/validatingadmissionpolicies`, {
      apiVersion,
      kind: "ValidatingAdmissionPolicy",
      metadata: { name: "demo" },
      spec: { matchConstraints: { resourceRules: [rule] }, ...policy },
    }),
    post(cluster, `${BASE}/validatingadmissionpolicybindings`, {
      apiVersion,
      kind: "ValidatingAdmissionPolicyBinding",
      metadata: { name: "bound" },
      spec: { policyName: "demo", ...binding },
    }),
  ];
  expect(made.map(({ status }) => status)).toEqual([201, 201]);
  return cluster;
}

function configMap(cluster: Cluster, data: object, name = "a", metadata: object = {}) {
  const body = { apiVersion: "v1", kind: "ConfigMap", metadata: { name, ...metadata }, data };
  return post(cluster, "/api/v1/namespaces/default/configmaps", body);
}

it("denies with code, reason and text of the real one", () => {
  const cluster = governed({ validations: [{ expression: "object.data.size() < 2" }] });
  expect(configMap(cluster, { a: "1" }, "small").status).toBe(201);
  const message =
    "configmaps \"a\" is forbidden: ValidatingAdmissionPolicy 'demo' with binding 'bound' denied request: failed expression: object.data.size() < 2";
  expect(configMap(cluster, { a: "1", b: "2" }).body).toEqual({
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Failure",
    message,
    reason: "Invalid",
    details: { name: "a", kind: "configmaps", causes: [{ message: message.split("forbidden: ")[1] }] },
    code: 422,
  });
});

it("says what messageExpression says, with variables, the request and who asks", () => {
  const cluster = governed({
    variables: [{ name: "count", expression: "object.data.size()" }],
    matchConditions: [{ name: "not-new", expression: "request.operation == 'CREATE'" }],
    validations: [
      {
        expression: "variables.count < 2 && namespaceObject.metadata.name == 'default'",
        messageExpression: "request.userInfo.username + ' brings ' + string(variables.count)",
        reason: "Forbidden",
      },
      { expression: "authorizer.group('').resource('nodes').check('list').allowed()", message: "only for the mighty" },
    ],
  });
  const { body } = configMap(cluster, { a: "1", b: "2" });
  expect([body.code, body.message]).toEqual([
    403,
    "configmaps \"a\" is forbidden: ValidatingAdmissionPolicy 'demo' with binding 'bound' denied request: kubernetes-admin brings 2",
  ]);
});

it("warns, where a binding asks for no more", () => {
  const cluster = governed(
    { validations: [{ expression: "false", message: "no" }] },
    { validationActions: ["Warn", "Audit"] },
  );
  const response = configMap(cluster, {});
  expect([response.status, response.warnings]).toEqual([
    201,
    ["Validation failed for ValidatingAdmissionPolicy 'demo' with binding 'bound': no"],
  ]);
});

it("takes its limits from an object, and denies where there is none", () => {
  const cluster = governed(
    {
      paramKind: { apiVersion: "v1", kind: "ConfigMap" },
      validations: [{ expression: "object.data.n == params.data.n" }],
    },
    { validationActions: ["Deny"], paramRef: { name: "limits", namespace: "kube-system" } },
  );
  expect(configMap(cluster, { n: "1" }).body.message).toBe(
    "configmaps \"a\" is forbidden: ValidatingAdmissionPolicy 'demo' with binding 'bound' denied request: failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction",
  );
});

it("lets failures pass where its failurePolicy says so, and leaves what it does not match", () => {
  const validations = [{ expression: "object.data.missing == 'x'" }];
  const strict = configMap(governed({ validations }), { a: "1" }).body.message;
  expect(strict).toContain("expression 'object.data.missing == 'x'' resulted in error: no such key: missing");
  expect(configMap(governed({ validations, failurePolicy: "Ignore" }), { a: "1" }).status).toBe(201);
  const matchResources = { objectSelector: { matchLabels: { judged: "yes" } } };
  const picky = governed({ validations }, { validationActions: ["Deny"], matchResources });
  expect(configMap(picky, {}).status).toBe(201);
  expect(configMap(picky, {}, "b", { labels: { judged: "yes" } }).status).toBe(422);
});
