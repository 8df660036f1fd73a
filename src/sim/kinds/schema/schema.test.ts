import { describe, expect, it } from "vitest";
import {
  cannotBeHandled,
  decodeError,
  decodeNulls,
  describeField,
  findField,
  strictDecodingError,
  unknownFields,
} from "./index";

const deployment = (container: object, more: object = {}) => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web", labels: { app: "web" } },
  spec: {
    selector: { matchLabels: { app: "web" } },
    template: { spec: { containers: [{ name: "web", ...container }] } },
    ...more,
  },
});

describe("unknownFields", () => {
  it("names each by its path, in the order of keys", () => {
    const object = { ...deployment({ imag: "nginx", ports: [{ port: 80 }] }, { replica: 3 }), specs: {} };
    expect(unknownFields(object)).toEqual([
      'unknown field "spec.replica"',
      'unknown field "spec.template.spec.containers[0].imag"',
      'unknown field "spec.template.spec.containers[0].ports[0].port"',
      'unknown field "specs"',
    ]);
    expect(strictDecodingError(unknownFields(deployment({ imag: "nginx" })))).toBe(
      'strict decoding error: unknown field "spec.template.spec.containers[0].imag"',
    );
  });

  it("lets maps have any keys, and knows no fields of later releases", () => {
    const good = deployment({ image: "nginx", resources: { limits: { "example.com/gpu": 1 } } });
    expect(unknownFields(good)).toEqual([]);
    expect(unknownFields({ apiVersion: "example.com/v1", kind: "Widget", what: 1 })).toEqual([]);
    expect(unknownFields(deployment({ restartPolicyRules: [] }))).toHaveLength(1);
  });
});

describe("decodeError", () => {
  const field = "json: cannot unmarshal";
  it.each([
    [
      deployment({ ports: [{ containerPort: "http" }] }),
      `${field} string into Go struct field ContainerPort.spec.template.spec.containers.ports.containerPort of type int32`,
    ],
    [
      deployment({}, { replicas: "3" }),
      `${field} string into Go struct field DeploymentSpec.spec.replicas of type int32`,
    ],
    [
      deployment({}, { replicas: 1.5 }),
      `${field} number 1.5 into Go struct field DeploymentSpec.spec.replicas of type int32`,
    ],
    [
      deployment({ env: [{ name: "A", value: 5 }] }),
      `${field} number into Go struct field EnvVar.spec.template.spec.containers.env.value of type string`,
    ],
    [
      deployment({ env: { A: "b" } }),
      `${field} object into Go struct field Container.spec.template.spec.containers.env of type []v1.EnvVar`,
    ],
    [
      deployment({ imagePullPolicy: true }),
      `${field} bool into Go struct field Container.spec.template.spec.containers.imagePullPolicy of type v1.PullPolicy`,
    ],
    [
      { apiVersion: "v1", kind: "Pod", metadata: { labels: { app: true } } },
      `${field} bool into Go struct field ObjectMeta.metadata.labels of type string`,
    ],
    [
      { apiVersion: "v1", kind: "Pod", spec: { containers: ["nginx"] } },
      `${field} string into Go struct field PodSpec.spec.containers of type v1.Container`,
    ],
    [
      { apiVersion: "v1", kind: "ConfigMap", data: { port: 80 } },
      `${field} number into Go struct field ConfigMap.data of type string`,
    ],
    [{ apiVersion: "v1", kind: "Secret", data: { a: "not base64!" } }, "illegal base64 data at input byte 3"],
    [
      deployment({ resources: { limits: { memory: "64Megs" } } }),
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    ],
    [deployment({ resources: { limits: { memory: "64mi" } } }), "unable to parse quantity's suffix"],
    [
      deployment({ image: "nginx", livenessProbe: { httpGet: { port: "http" } } }, { replicas: 3, paused: null }),
      undefined,
    ],
  ])("%#", (object, text) => {
    expect(decodeError(object)).toBe(text);
  });

  it("is told with the kind", () => {
    expect(cannotBeHandled("Deployment", "v1", "why")).toBe(
      'Deployment in version "v1" cannot be handled as a Deployment: why',
    );
  });
});

describe("findField", () => {
  it("follows names through lists", () => {
    expect(findField("v1", "Pod", ["spec", "containers", "image"])).toEqual({
      owner: "v1/Container",
      name: "image",
      type: "string",
      required: false,
    });
    expect(findField("apps/v1", "Deployment", ["spec", "template", "spec"])?.key).toBe("v1/PodSpec");
    expect(findField("v1", "Pod", ["spec", "nope"])).toBeUndefined();
    expect(describeField("v1/Container", "name")).toMatch(/DNS_LABEL/);
  });
});

describe("decodeNulls", () => {
  it("leaves out fields and zeroes entries", () => {
    const object = {
      ...deployment({ ports: null, args: ["a", null], env: [null, { name: "A", value: null }] }, { replicas: null }),
      metadata: { name: "web", labels: { app: null }, creationTimestamp: null },
      status: null,
    };
    decodeNulls(object);
    expect(object).toEqual({
      ...deployment({ args: ["a", ""], env: [{}, { name: "A" }] }),
      metadata: { name: "web", labels: { app: "" } },
    });
  });
});
