import { beforeEach, describe, expect, it } from "vitest";
import type { ClusterOutput } from "../../cluster";
import { Cluster } from "../../cluster";

const GROUP = "/apis/stable.example.com/v1";
const TABS = `${GROUP}/namespaces/default/crontabs`;
const DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

const properties = {
  spec: {
    type: "object",
    required: ["cronSpec"],
    properties: {
      cronSpec: { type: "string", pattern: "^(\\d+|\\*)(/\\d+)?(\\s+(\\d+|\\*)(/\\d+)?){4}$" },
      image: { type: "string", default: "busybox" },
      replicas: { type: "integer", minimum: 1, maximum: 10 },
      port: { "x-kubernetes-int-or-string": true },
      hosts: {
        type: "array",
        "x-kubernetes-list-type": "map",
        "x-kubernetes-list-map-keys": ["name"],
        items: { type: "object", required: ["name"], properties: { name: { type: "string" }, ip: { type: "string" } } },
      },
    },
    "x-kubernetes-validations": [
      {
        rule: "!has(self.replicas) || self.replicas < 9 || self.image == 'big'",
        message: "too many for a small image",
      },
      {
        rule: "self.cronSpec == oldSelf.cronSpec",
        messageExpression: "'keep ' + oldSelf.cronSpec",
        fieldPath: ".cronSpec",
      },
    ],
  },
  status: { type: "object", properties: { replicas: { type: "integer" }, labelSelector: { type: "string" } } },
};

const version = {
  name: "v1",
  served: true,
  storage: true,
  schema: { openAPIV3Schema: { type: "object", properties } },
  subresources: {
    status: {},
    scale: {
      specReplicasPath: ".spec.replicas",
      statusReplicasPath: ".status.replicas",
      labelSelectorPath: ".status.labelSelector",
    },
  },
  additionalPrinterColumns: [
    { name: "Spec", type: "string", jsonPath: ".spec.cronSpec" },
    { name: "Age", type: "date", jsonPath: ".metadata.creationTimestamp" },
  ],
  selectableFields: [{ jsonPath: ".spec.image" }],
};

const definition = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "crontabs.stable.example.com" },
  spec: {
    group: "stable.example.com",
    scope: "Namespaced",
    names: { plural: "crontabs", singular: "crontab", kind: "CronTab", shortNames: ["ct"] },
    versions: [version],
  },
};

const tab = (spec: object, name = "tab") => ({
  apiVersion: "stable.example.com/v1",
  kind: "CronTab",
  metadata: { name },
  spec,
});

let cluster: Cluster;
const settle = () => cluster.advanceTo(cluster.nowMs + 100);
const answer = (response: ClusterOutput["api"]) => response.body as any;
const create = (path: string, body: object, query = {}) => {
  const response = cluster.request({ method: "POST", path, body, query });
  settle();
  return response;
};
const merge = (path: string, body: object) =>
  cluster.request({ method: "PATCH", path, body, headers: { "content-type": "application/merge-patch+json" } });
const get = (path: string, headers = {}) => answer(cluster.request({ method: "GET", path, headers }));

beforeEach(() => {
  cluster = Cluster.create();
  expect(create(DEFINITIONS, definition).status).toBe(201);
});

describe("a definition", () => {
  it("has its names accepted and is established", () => {
    const { conditions, acceptedNames, storedVersions } = get(`${DEFINITIONS}/crontabs.stable.example.com`).status;
    expect(conditions.map(({ type, status, reason }: any) => [type, status, reason])).toEqual([
      ["NamesAccepted", "True", "NoConflicts"],
      ["Established", "True", "InitialNamesAccepted"],
    ]);
    expect(acceptedNames).toEqual({
      plural: "crontabs",
      singular: "crontab",
      kind: "CronTab",
      listKind: "CronTabList",
      shortNames: ["ct"],
    });
    expect(storedVersions).toEqual(["v1"]);
  });

  it("is found by discovery and by OpenAPI", () => {
    expect(get(GROUP).resources.map(({ name }: any) => name)).toEqual([
      "crontabs",
      "crontabs/scale",
      "crontabs/status",
    ]);
    const { schemas } = get("/openapi/v3/apis/stable.example.com/v1").components;
    expect(schemas["com.example.stable.v1.CronTab"].properties.spec.properties.image).toEqual({
      type: "string",
      default: "busybox",
    });
  });

  it("does not get names that another of its group has", () => {
    const names = { plural: "others", singular: "other", kind: "Other", shortNames: ["ct"] };
    create(DEFINITIONS, {
      ...definition,
      metadata: { name: "others.stable.example.com" },
      spec: { ...definition.spec, names },
    });
    expect(get(`${DEFINITIONS}/others.stable.example.com`).status.conditions).toMatchObject([
      { type: "NamesAccepted", status: "False", reason: "ShortNamesConflict", message: '"ct" is already in use' },
      { type: "Established", status: "False", reason: "NotAccepted", message: "not all names are accepted" },
    ]);
    expect(get(`${GROUP}/namespaces/default/others`).code).toBe(404);
  });

  it("takes its objects along, and those with finalizers hold it", () => {
    create(TABS, { ...tab({ cronSpec: "* * * * *" }), metadata: { name: "tab", finalizers: ["example.com/hold"] } });
    const path = `${DEFINITIONS}/crontabs.stable.example.com`;
    cluster.request({ method: "DELETE", path });
    settle();
    expect(get(path).status.conditions.at(-1)).toMatchObject({ type: "Terminating", status: "True" });
    expect(get(path).metadata.finalizers).toEqual(["customresourcecleanup.apiextensions.k8s.io"]);
    merge(`${TABS}/tab`, { metadata: { finalizers: null } });
    settle();
    expect(get(path).code).toBe(404);
    expect(get(TABS).code).toBe(404);
  });

  it("is known to forks and to restored clusters", () => {
    create(TABS, tab({ cronSpec: "* * * * *" }));
    const fork = cluster.fork();
    cluster.request({ method: "DELETE", path: `${DEFINITIONS}/crontabs.stable.example.com` });
    settle();
    expect(get(TABS).code).toBe(404);
    for (const other of [fork, Cluster.restore(fork.snapshot())])
      expect((other.request({ method: "GET", path: TABS }).body as any).items).toHaveLength(1);
  });

  it.each([
    [
      "a name of its own",
      { metadata: { name: "x.stable.example.com" } },
      'metadata.name: Invalid value: "x.stable.example.com": must be spec.names.plural+"."+spec.group',
    ],
    ["no scope", { spec: { ...definition.spec, scope: undefined } }, "spec.scope: Required value"],
    [
      "a group without a dot",
      { metadata: { name: "crontabs.stable" }, spec: { ...definition.spec, group: "stable" } },
      'spec.group: Invalid value: "stable": should be a domain with at least one dot',
    ],
    [
      "a field without a type",
      withSchema({ type: "object", properties: { spec: {} } }),
      "spec.versions[0].schema.openAPIV3Schema.properties[spec].type: Required value: must not be empty for specified object fields",
    ],
    [
      "a default that does not fit",
      withSchema({ type: "object", properties: { spec: { type: "string", default: 5 } } }),
      'spec.versions[0].schema.openAPIV3Schema.properties[spec].default: Invalid value: "integer":  in body must be of type string: "integer"',
    ],
    [
      "a rule that cannot be read",
      withSchema({ type: "object", "x-kubernetes-validations": [{ rule: "self.x >" }] }),
      "compilation failed",
    ],
  ])("is refused with %s", (_, change, message) => {
    const body = { ...definition, ...change };
    const { status, body: answered } = cluster.request({ method: "POST", path: DEFINITIONS, body });
    expect(status).toBe(422);
    expect((answered as any).message).toContain(message);
  });
});

function withSchema(openAPIV3Schema: object) {
  return {
    metadata: { name: "crontabs.stable.example.com" },
    spec: { ...definition.spec, versions: [{ name: "v1", served: true, storage: true, schema: { openAPIV3Schema } }] },
  };
}

describe("a custom resource", () => {
  it("is pruned and gets defaults; its status is not the client's", () => {
    const response = create(TABS, { ...tab({ cronSpec: "* * * * *", other: 1 }), status: { replicas: 3 } });
    expect(response.warnings).toEqual(['unknown field "spec.other"']);
    const { spec, status, metadata } = get(`${TABS}/tab`);
    expect({ spec, status, generation: metadata.generation }).toEqual({
      spec: { cronSpec: "* * * * *", image: "busybox" },
      status: undefined,
      generation: 1,
    });
  });

  it("is refused with unknown fields where that is strict", () => {
    const response = create(TABS, tab({ cronSpec: "* * * * *", other: 1 }), { fieldValidation: "Strict" });
    expect(answer(response).message).toBe(
      'CronTab in version "v1" cannot be handled as a CronTab: strict decoding error: unknown field "spec.other"',
    );
  });

  it("is validated by its schema", () => {
    const spec = { cronSpec: "*", replicas: 11, port: true, hosts: [{ name: "a" }, { name: "a" }] };
    expect(
      answer(create(TABS, tab(spec))).details.causes.map(({ field, message }: any) => `${field}: ${message}`),
    ).toEqual([
      "spec.cronSpec: Invalid value: \"*\": spec.cronSpec in body should match '^(\\d+|\\*)(/\\d+)?(\\s+(\\d+|\\*)(/\\d+)?){4}$'",
      'spec.port: Invalid value: "boolean": spec.port in body must be of type integer,string: "boolean"',
      "spec.replicas: Invalid value: 11: spec.replicas in body should be less than or equal to 10",
      'spec.hosts[1]: Duplicate value: {"name":"a"}',
      "<nil>: Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation",
    ]);
    expect(answer(create(TABS, tab({}))).message).toContain("spec.cronSpec: Required value");
  });

  it("obeys its rules", () => {
    expect(answer(create(TABS, tab({ cronSpec: "* * * * *", replicas: 9 }))).message).toBe(
      'CronTab.stable.example.com "tab" is invalid: spec: Invalid value: "object": too many for a small image',
    );
    create(TABS, tab({ cronSpec: "* * * * *", replicas: 9, image: "big" }));
    expect(answer(merge(`${TABS}/tab`, { spec: { cronSpec: "1 * * * *" } })).message).toBe(
      'CronTab.stable.example.com "tab" is invalid: spec.cronSpec: Invalid value: "object": keep * * * * *',
    );
  });

  it("is printed with the columns of its definition", () => {
    create(TABS, tab({ cronSpec: "* * * * *" }));
    const { columnDefinitions, rows } = get(TABS, { accept: "application/json;as=Table;v=v1;g=meta.k8s.io" });
    expect(columnDefinitions.map(({ name }: any) => name)).toEqual(["Name", "Spec", "Age"]);
    expect(rows.map(({ cells }: any) => cells)).toEqual([["tab", "* * * * *", "0s"]]);
  });

  it("is scaled, has a status of its own, and is selected by its fields", () => {
    create(TABS, tab({ cronSpec: "* * * * *", replicas: 2 }));
    merge(`${TABS}/tab/status`, { status: { replicas: 2, labelSelector: "app=tab" }, spec: { image: "no" } });
    merge(`${TABS}/tab/scale`, { spec: { replicas: 4 } });
    expect(get(`${TABS}/tab/scale`)).toMatchObject({
      spec: { replicas: 4 },
      status: { replicas: 2, selector: "app=tab" },
    });
    expect(get(`${TABS}/tab`)).toMatchObject({ metadata: { generation: 2 }, spec: { image: "busybox", replicas: 4 } });
    const chosen = (fieldSelector: string) =>
      answer(cluster.request({ method: "GET", path: TABS, query: { fieldSelector } }));
    expect(chosen("spec.image=busybox").items).toHaveLength(1);
    expect(chosen("spec.image=big").items).toHaveLength(0);
    expect(chosen("spec.replicas=4").message).toBe("field label not supported: spec.replicas");
  });

  it("merges its lists by their keys when it is applied", () => {
    const apply = (hosts: object[], fieldManager: string) =>
      cluster.request({
        method: "PATCH",
        path: `${TABS}/tab`,
        query: { fieldManager },
        headers: { "content-type": "application/apply-patch+yaml" },
        body: tab({ cronSpec: "* * * * *", hosts }),
      });
    apply([{ name: "a", ip: "1.1.1.1" }], "one");
    expect(answer(apply([{ name: "b" }], "two")).spec.hosts).toEqual([{ name: "a", ip: "1.1.1.1" }, { name: "b" }]);
    expect(answer(apply([{ name: "a", ip: "2.2.2.2" }], "two")).message).toBe(
      'Apply failed with 1 conflict: conflict with "one": .spec.hosts[name="a"].ip',
    );
  });

  it("has no strategic merge patch", () => {
    create(TABS, tab({ cronSpec: "* * * * *" }));
    const headers = { "content-type": "application/strategic-merge-patch+json" };
    expect(answer(cluster.request({ method: "PATCH", path: `${TABS}/tab`, body: {}, headers })).message).toBe(
      "the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml",
    );
  });

  it("goes with its owner and with its namespace", () => {
    create("/api/v1/namespaces", { metadata: { name: "team" } });
    create(`${GROUP}/namespaces/team/crontabs`, tab({ cronSpec: "* * * * *" }));
    cluster.request({ method: "DELETE", path: "/api/v1/namespaces/team" });
    cluster.advanceTo(cluster.nowMs + 10_000);
    expect(get("/api/v1/namespaces/team").code).toBe(404);
    const owner = answer(create(TABS, tab({ cronSpec: "* * * * *" })));
    const ownerReferences = [
      { apiVersion: owner.apiVersion, kind: owner.kind, name: owner.metadata.name, uid: owner.metadata.uid },
    ];
    create("/api/v1/namespaces/default/configmaps", { metadata: { name: "owned", ownerReferences } });
    cluster.request({ method: "DELETE", path: `${TABS}/tab` });
    cluster.advanceTo(cluster.nowMs + 10_000);
    expect(get("/api/v1/namespaces/default/configmaps/owned").code).toBe(404);
  });
});

describe("several versions", () => {
  it("show the same objects, each by its own schema, and tell which are old", () => {
    const old = {
      name: "v1beta1",
      served: true,
      storage: false,
      deprecated: true,
      schema: {
        openAPIV3Schema: {
          type: "object",
          properties: { spec: { type: "object", properties: { cronSpec: { type: "string" } } } },
        },
      },
    };
    const path = `${DEFINITIONS}/crontabs.stable.example.com`;
    expect(merge(path, { spec: { versions: [version, old] } }).status).toBe(200);
    settle();
    const beta = "/apis/stable.example.com/v1beta1/namespaces/default/crontabs";
    const created = create(beta, {
      ...tab({ cronSpec: "anything", image: "x" }),
      apiVersion: "stable.example.com/v1beta1",
    });
    expect(created.warnings).toEqual([
      "stable.example.com/v1beta1 CronTab is deprecated; use stable.example.com/v1 CronTab",
      'unknown field "spec.image"',
    ]);
    expect(get(`${TABS}/tab`)).toMatchObject({ apiVersion: "stable.example.com/v1", spec: { cronSpec: "anything" } });
    expect(get(`${beta}/tab`)).toMatchObject({ apiVersion: "stable.example.com/v1beta1" });
  });
});
