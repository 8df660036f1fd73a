import { expect, it } from "vitest";
import { Cluster } from "../../cluster";

const BASE = "/apis/admissionregistration.k8s.io/v1";
const rules = [{ apiGroups: ["apps"], apiVersions: ["v1"], operations: ["CREATE"], resources: ["deployments"] }];

const cluster = Cluster.create();

function create(plural: string, kind: string, rest: object): any {
  const body = { apiVersion: "admissionregistration.k8s.io/v1", kind, metadata: { name: "demo" }, ...rest };
  return cluster.request({ method: "POST", path: `${BASE}/${plural}`, query: { dryRun: "All" }, body }).body;
}

const policy = (spec: object) =>
  create("validatingadmissionpolicies", "ValidatingAdmissionPolicy", {
    spec: { matchConstraints: { resourceRules: rules }, ...spec },
  });

it("fills in what a policy, a binding and a webhook leave out", () => {
  const made = policy({ validations: [{ expression: "object.spec.replicas <= 5" }] });
  expect(made.spec).toEqual({
    failurePolicy: "Fail",
    matchConstraints: {
      matchPolicy: "Equivalent",
      namespaceSelector: {},
      objectSelector: {},
      resourceRules: [{ ...rules[0], scope: "*" }],
    },
    validations: [{ expression: "object.spec.replicas <= 5" }],
  });
  const spec = { policyName: "demo", validationActions: ["Deny"], paramRef: { name: "limits" } };
  const bound = create("validatingadmissionpolicybindings", "ValidatingAdmissionPolicyBinding", { spec });
  expect(bound.spec.paramRef).toEqual({ name: "limits", parameterNotFoundAction: "Deny" });
  const webhook = {
    name: "a.example.com",
    rules,
    clientConfig: { service: { namespace: "default", name: "hook" } },
    admissionReviewVersions: ["v1"],
    sideEffects: "None",
  };
  const hooks = create("mutatingwebhookconfigurations", "MutatingWebhookConfiguration", { webhooks: [webhook] });
  expect(hooks.webhooks[0]).toEqual({
    ...webhook,
    clientConfig: { service: { namespace: "default", name: "hook", port: 443 } },
    failurePolicy: "Fail",
    matchPolicy: "Equivalent",
    namespaceSelector: {},
    objectSelector: {},
    reinvocationPolicy: "Never",
    rules: [{ ...rules[0], scope: "*" }],
    timeoutSeconds: 10,
  });
});

it("compiles the expressions of a policy", () => {
  const { message } = policy({
    validations: [
      { expression: "object.spec.replicas <= limit" },
      { expression: "object.spec.replicas" },
      { expression: "params.max > 1", messageExpression: "1" },
    ],
    matchConditions: [{ name: "c", expression: "1 + 1" }],
    variables: [{ name: "if", expression: "object" }],
  });
  expect(message).toBe(
    `ValidatingAdmissionPolicy.admissionregistration.k8s.io "demo" is invalid: [${[
      'spec.matchConditions[0].expression: Invalid value: "1 + 1": must evaluate to bool but got int',
      'spec.variables[0].name: Invalid value: "if": name is not a valid CEL identifier',
      `spec.validations[0].expression: Invalid value: "object.spec.replicas <= limit": compilation failed: ERROR: <input>:1:25: undeclared reference to 'limit' (in container '')\n | object.spec.replicas <= limit\n | ........................^`,
      'spec.validations[1].expression: Invalid value: "object.spec.replicas": must evaluate to bool but got dyn',
      `spec.validations[2].expression: Invalid value: "params.max > 1": compilation failed: ERROR: <input>:1:1: undeclared reference to 'params' (in container '')\n | params.max > 1\n | ^`,
      'spec.validations[2].messageExpression: Invalid value: "1": must evaluate to string but got int',
    ].join(", ")}]`,
  );
});

it("refuses a webhook that is nowhere, and a binding that does nothing", () => {
  const webhook = {
    name: "short",
    rules: [{}],
    clientConfig: { url: "http://u@h/x?q" },
    admissionReviewVersions: ["v9"],
  };
  const configuration = { webhooks: [webhook] };
  const { details } = create("validatingwebhookconfigurations", "ValidatingWebhookConfiguration", configuration);
  expect(details.causes.map(({ field, message }: any) => `${field}: ${message}`)).toEqual([
    'webhooks[0].name: Invalid value: "short": should be a domain with at least three segments separated by dots',
    "webhooks[0].rules[0].operations: Required value",
    "webhooks[0].rules[0].apiGroups: Required value",
    "webhooks[0].rules[0].apiVersions: Required value",
    "webhooks[0].rules[0].resources: Required value",
    "webhooks[0].sideEffects: Required value: must specify one of None, NoneOnDryRun",
    `webhooks[0].clientConfig.url: Invalid value: "http": 'https' is the only allowed URL scheme; desired format: https://host[/path]`,
    'webhooks[0].clientConfig.url: Invalid value: "u": user information is not permitted in the URL',
    'webhooks[0].clientConfig.url: Invalid value: "q": query parameters are not permitted in the URL',
    'webhooks[0].admissionReviewVersions: Invalid value: []string{"v9"}: must include at least one of v1, v1beta1',
  ]);
  const spec = { policyName: "Demo!", validationActions: ["Deny", "Warn", "Shout"], paramRef: {} };
  const bound = create("validatingadmissionpolicybindings", "ValidatingAdmissionPolicyBinding", { spec });
  expect(
    bound.details.causes.map(({ field, message }: any) => `${field}: ${message}`.split(":").slice(0, 3).join(":")),
  ).toEqual([
    'spec.policyName: Invalid value: "Demo!"',
    "spec.paramRef: Required value: one of name or selector must be specified",
    'spec.validationActions[2]: Unsupported value: "Shout"',
    'spec.validationActions: Invalid value: []admissionregistration.ValidationAction{"Deny", "Warn", "Shout"}',
  ]);
});
