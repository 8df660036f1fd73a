import { expect, test } from "vitest";
import { decodeProtobuf } from "./decode";
import { booleanField, field } from "./writer";

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replace(/\s/g, ""), "hex"));

test("the body that kubectl create namespace sends", () => {
  const body = hex(`6b387300 0a0f 0a027631 1209 4e616d657370616365
    1215 0a0d 0a03 666f6f 1200 1a00 2200 3800 1200 1a02 0a00`);
  expect(decodeProtobuf(body)).toEqual({
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name: "foo" },
    spec: {},
    status: {},
  });
});

test("what is cut off is refused", () => {
  expect(() => decodeProtobuf(hex("6b387300 0a0f 0a02"))).toThrow("unexpected EOF");
  expect(() => decodeProtobuf(hex("7b7d"))).toThrow("does not appear to be a protobuf message");
});

/** A field that is a small number. */
const number = (at: number, value: number): Buffer => {
  const bytes = [at * 8];
  let rest = value;
  for (; rest > 0x7f; rest >>= 7) bytes.push((rest & 0x7f) | 0x80);
  return Buffer.from([...bytes, rest]);
};
const message = (...fields: Buffer[]): Buffer => Buffer.concat(fields);
const body = (apiVersion: string, kind: string, ...fields: Buffer[]): Uint8Array =>
  message(Buffer.from("k8s\0"), field(1, message(field(1, apiVersion), field(2, kind))), field(2, message(...fields)));
const named = (name: string) => field(1, message(field(1, name), field(3, "default")));
const metadata = (name: string) => ({ name, namespace: "default" });

const deleteOptions = [
  number(1, 0),
  field(2, message(field(1, "u-1"), field(2, "7"))),
  booleanField(3, false),
  field(4, "Foreground"),
  field(5, "All"),
  booleanField(6, true),
];
const deleteOptionsJson = {
  gracePeriodSeconds: 0,
  preconditions: { uid: "u-1", resourceVersion: "7" },
  orphanDependents: false,
  propagationPolicy: "Foreground",
  dryRun: ["All"],
  ignoreStoreReadErrorWithClusterBreakingPotential: true,
};

test.each(["v1", "policy/v1", "example.com/v1"])("DeleteOptions of %s", (apiVersion) => {
  expect(decodeProtobuf(body(apiVersion, "DeleteOptions", ...deleteOptions))).toEqual({
    apiVersion,
    kind: "DeleteOptions",
    ...deleteOptionsJson,
  });
});

test("an eviction with its options", () => {
  expect(decodeProtobuf(body("policy/v1", "Eviction", named("web"), field(2, message(...deleteOptions))))).toEqual({
    apiVersion: "policy/v1",
    kind: "Eviction",
    metadata: metadata("web"),
    deleteOptions: deleteOptionsJson,
  });
});

test("a scale, also one to nothing", () => {
  expect(
    decodeProtobuf(
      body(
        "autoscaling/v1",
        "Scale",
        named("web"),
        field(2, number(1, 300)),
        field(3, message(number(1, 2), field(2, "app=web"))),
      ),
    ),
  ).toEqual({
    apiVersion: "autoscaling/v1",
    kind: "Scale",
    metadata: metadata("web"),
    spec: { replicas: 300 },
    status: { replicas: 2, selector: "app=web" },
  });
});

test("a request of a token", () => {
  const bound = message(field(1, "Pod"), field(2, "v1"), field(3, "web"), field(4, "u-2"));
  const spec = message(field(1, "a"), field(1, "b"), field(3, bound), number(4, 600));
  expect(decodeProtobuf(body("authentication.k8s.io/v1", "TokenRequest", named("sa"), field(2, spec)))).toEqual({
    apiVersion: "authentication.k8s.io/v1",
    kind: "TokenRequest",
    metadata: metadata("sa"),
    spec: {
      audiences: ["a", "b"],
      boundObjectRef: { kind: "Pod", apiVersion: "v1", name: "web", uid: "u-2" },
      expirationSeconds: 600,
    },
  });
});

test("a review of someone's access", () => {
  const requirement = message(field(1, "metadata.name"), field(2, "In"), field(3, "web"));
  const selector = message(field(1, "raw"), field(2, requirement));
  const resource = message(
    ...["default", "get", "apps", "v1", "deployments", "scale", "web"].map((text, index) => field(index + 1, text)),
    field(8, selector),
    field(9, selector),
  );
  const extra = message(field(1, "scopes"), field(2, message(field(1, "x"), field(1, "y"))));
  const spec = message(
    field(1, resource),
    field(2, message(field(1, "/livez"), field(2, "get"))),
    field(3, "anna"),
    field(4, "staff"),
    field(5, extra),
    field(6, "u-3"),
  );
  const selectorJson = {
    rawSelector: "raw",
    requirements: [{ key: "metadata.name", operator: "In", values: ["web"] }],
  };
  expect(decodeProtobuf(body("authorization.k8s.io/v1", "SubjectAccessReview", field(2, spec)))).toEqual({
    apiVersion: "authorization.k8s.io/v1",
    kind: "SubjectAccessReview",
    spec: {
      resourceAttributes: {
        namespace: "default",
        verb: "get",
        group: "apps",
        version: "v1",
        resource: "deployments",
        subresource: "scale",
        name: "web",
        fieldSelector: selectorJson,
        labelSelector: selectorJson,
      },
      nonResourceAttributes: { path: "/livez", verb: "get" },
      user: "anna",
      groups: ["staff"],
      extra: { scopes: ["x", "y"] },
      uid: "u-3",
    },
  });
});
