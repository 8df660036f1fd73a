import { describe, expect, it } from "vitest";
import { kinds } from "../index";

/** Complaints of a create, as the server's message lists them. */
function complaints(kindName: string, object: any): string[] {
  const kind = kinds.all.find((one) => one.kind === kindName)!;
  const draft = { ...object, metadata: { namespace: kind.namespaced ? "default" : undefined, ...object.metadata } };
  kind.setDefaults?.(draft);
  return kind.validate!(draft).map(({ field, detail }) => `${field}: ${detail}`);
}

function updateComplaints(kindName: string, object: any, change: (draft: any) => void): string[] {
  const kind = kinds.all.find((one) => one.kind === kindName)!;
  const old = { ...object, metadata: { namespace: "default", resourceVersion: "1", ...object.metadata } };
  kind.setDefaults?.(old);
  const draft = structuredClone(old);
  change(draft);
  return kind.validateUpdate!(draft, old).map(({ field, detail }) => `${field}: ${detail}`);
}

const SUBDOMAIN =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const LABEL =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

const pod = (container: object = {}, spec: object = {}) => ({
  metadata: { name: "web" },
  spec: { containers: [{ name: "web", image: "nginx", ...container }], ...spec },
});
const deployment = (spec: object = {}, labels: object = { app: "web" }) => ({
  metadata: { name: "web" },
  spec: {
    selector: { matchLabels: { app: "web" } },
    template: { metadata: { labels }, spec: { containers: [{ name: "web", image: "nginx" }] } },
    ...spec,
  },
});

describe("pods", () => {
  it("names everything that is wrong, in the server's order", () => {
    const bad = {
      metadata: { name: "Bad_Name" },
      spec: {
        restartPolicy: "Sometimes",
        containers: [
          {
            name: "UPPER",
            image: "",
            ports: [{ containerPort: 70000 }, { containerPort: 80, protocol: "ICMP" }],
            livenessProbe: { periodSeconds: -1 },
            volumeMounts: [{ name: "nope", mountPath: "/x" }],
          },
        ],
      },
    };
    expect(complaints("Pod", bad)).toEqual([
      `metadata.name: Invalid value: "Bad_Name": ${SUBDOMAIN}`,
      `spec.containers[0].name: Invalid value: "UPPER": ${LABEL}`,
      "spec.containers[0].image: Required value",
      "spec.containers[0].ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive",
      'spec.containers[0].ports[1].protocol: Unsupported value: "ICMP": supported values: "SCTP", "TCP", "UDP"',
      'spec.containers[0].volumeMounts[0].name: Not found: "nope"',
      "spec.containers[0].livenessProbe: Required value: must specify a handler type",
      "spec.containers[0].livenessProbe.periodSeconds: Invalid value: -1: must be greater than or equal to 0",
      'spec.restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "OnFailure", "Never"',
    ]);
  });

  it.each<[object, string[]]>([
    [pod(), []],
    [
      pod({ image: " nginx" }),
      ['spec.containers[0].image: Invalid value: " nginx": must not have leading or trailing whitespace'],
    ],
    [
      pod({ imagePullPolicy: "Sometimes" }),
      [
        'spec.containers[0].imagePullPolicy: Unsupported value: "Sometimes": supported values: "Always", "IfNotPresent", "Never"',
      ],
    ],
    [pod({ env: [{ value: "x" }] }), ["spec.containers[0].env[0].name: Required value"]],
    [
      pod({ resources: { limits: { cpu: "1" }, requests: { cpu: "1500m" } } }),
      ['spec.containers[0].resources.requests: Invalid value: "1500m": must be less than or equal to cpu limit of 1'],
    ],
    [
      pod({ resources: { limits: { memroy: "1Gi" }, requests: {} } }),
      [
        'spec.containers[0].resources.limits[memroy]: Invalid value: "memroy": must be a standard resource type or fully qualified',
        'spec.containers[0].resources.limits[memroy]: Invalid value: "memroy": must be a standard resource for containers',
        'spec.containers[0].resources.requests[memroy]: Invalid value: "memroy": must be a standard resource type or fully qualified',
        'spec.containers[0].resources.requests[memroy]: Invalid value: "memroy": must be a standard resource for containers',
      ],
    ],
    [
      pod({ livenessProbe: { httpGet: { port: "a_b" }, successThreshold: 2 } }),
      [
        'spec.containers[0].livenessProbe.httpGet.port: Invalid value: "a_b": must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)',
        "spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1",
      ],
    ],
    [
      pod({ readinessProbe: { exec: {}, tcpSocket: { port: 80 } } }),
      [
        "spec.containers[0].readinessProbe.exec.command: Required value",
        "spec.containers[0].readinessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type",
      ],
    ],
    [
      pod(
        {},
        {
          volumes: [
            { name: "a", configMap: {} },
            { name: "b", emptyDir: {}, secret: { secretName: "s" } },
          ],
        },
      ),
      [
        "spec.volumes[0].configMap.name: Required value",
        "spec.volumes[1].secret: Forbidden: may not specify more than 1 volume type",
      ],
    ],
    [
      pod(
        {
          volumeMounts: [
            { name: "v", mountPath: "/a" },
            { name: "v", mountPath: "/a" },
          ],
        },
        { volumes: [{ name: "v" }] },
      ),
      ['spec.containers[0].volumeMounts[1].mountPath: Invalid value: "/a": must be unique'],
    ],
    [pod({}, { containers: [] }), ["spec.containers: Required value"]],
    [
      pod({}, { initContainers: [{ name: "web", image: "busybox", readinessProbe: { tcpSocket: { port: 80 } } }] }),
      [
        'spec.initContainers[0].name: Duplicate value: "web"',
        "spec.initContainers[0].readinessProbe: Forbidden: may not be set for init containers without restartPolicy=Always",
      ],
    ],
    [
      { ...pod(), metadata: { name: "web", labels: { "bad label": "1" } } },
      [
        "metadata.labels: Invalid value: \"bad label\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
      ],
    ],
  ])("%#", (object, expected) => {
    expect(complaints("Pod", object)).toEqual(expected);
  });

  it("lets an image change, but not a node", () => {
    expect(updateComplaints("Pod", pod(), (draft) => (draft.spec.containers[0].image = "nginx:2"))).toEqual([]);
    expect(
      updateComplaints("Pod", pod({}, { nodeName: "node-1" }), (draft) => (draft.spec.nodeName = "node-2")),
    ).toEqual([
      [
        "spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)",
        "  core.PodSpec{",
        "  \t... // 9 identical fields",
        '  \tServiceAccountName:           "",',
        "  \tAutomountServiceAccountToken: nil,",
        '- \tNodeName:                     "node-1",',
        '+ \tNodeName:                     "node-2",',
        "  \tSecurityContext:              &{},",
        "  \tImagePullSecrets:             nil,",
        "  \t... // 20 identical fields",
        "  }",
        "",
      ].join("\n"),
    ]);
    expect(updateComplaints("Pod", pod(), (draft) => draft.spec.containers.pop())).toEqual([
      "spec.containers: Forbidden: pod updates may not add or remove containers",
    ]);
  });
});

describe("workloads", () => {
  const mismatch =
    'spec.template.metadata.labels: Invalid value: map[string]string{"app":"y"}: `selector` does not match template `labels`';
  it.each<[object, string[]]>([
    [deployment(), []],
    [deployment({}, { app: "y" }), [mismatch]],
    [deployment({ selector: undefined }, { app: "y" }), ["spec.selector: Required value", mismatch]],
    [deployment({ replicas: -1 }), ["spec.replicas: Invalid value: -1: must be greater than or equal to 0"]],
    [
      deployment({ strategy: { type: "Recreate", rollingUpdate: {} } }),
      ["spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'"],
    ],
    [
      deployment({ strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } } }),
      [
        'spec.strategy.rollingUpdate.maxUnavailable: Invalid value: intstr.IntOrString{Type:0, IntVal:0, StrVal:""}: may not be 0 when `maxSurge` is 0',
      ],
    ],
  ])("%#", (object, expected) => {
    expect(complaints("Deployment", object)).toEqual(expected);
  });

  it("keeps its selector", () => {
    expect(
      updateComplaints("Deployment", deployment(), (draft) => (draft.spec.selector.matchLabels = { app: "other" })),
    ).toEqual([
      'spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string{"app":"other"}, MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: field is immutable',
    ]);
  });
});

describe("services", () => {
  it("names every wrong port", () => {
    const ports = [
      { port: 80, nodePort: 80 },
      { port: 80, targetPort: "bad_name" },
    ];
    expect(
      complaints("Service", {
        metadata: { name: "svcbad" },
        spec: { type: "NodePort", selector: { app: "site" }, ports },
      }),
    ).toEqual([
      "spec.ports[0].name: Required value",
      "spec.ports[1].name: Required value",
      'spec.ports[1].targetPort: Invalid value: "bad_name": must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)',
      'spec.ports[1]: Duplicate value: core.ServicePort{Name:"", Protocol:"TCP", AppProtocol:(*string)(nil), Port:80, TargetPort:intstr.IntOrString{Type:0, IntVal:0, StrVal:""}, NodePort:0}',
    ]);
    expect(complaints("Service", { metadata: { name: "web" }, spec: {} })).toEqual(["spec.ports: Required value"]);
  });
});

describe("config maps and secrets", () => {
  it("wants the keys of a type", () => {
    expect(
      complaints("Secret", { metadata: { name: "tls" }, type: "kubernetes.io/tls", data: { "tls.crt": "" } }),
    ).toEqual(["data[tls.key]: Required value"]);
  });

  it("keeps types and what is sealed", () => {
    const secret = { metadata: { name: "s" }, type: "Opaque", data: { a: "Yg==" } };
    expect(updateComplaints("Secret", secret, (draft) => (draft.type = "kubernetes.io/tls"))).toEqual([
      'type: Invalid value: "kubernetes.io/tls": field is immutable',
    ]);
    const sealed = { metadata: { name: "c" }, immutable: true, data: { a: "b" } };
    expect(updateComplaints("ConfigMap", sealed, (draft) => (draft.data.a = "c"))).toEqual([
      "data: Forbidden: field is immutable when `immutable` is set",
    ]);
  });
});
