import { describe, expect, it } from "vitest";
import { kinds } from "./index";

const complaints = (apiVersion: string, kindName: string, object: any): string[] => {
  const kind = kinds.findKind(apiVersion, kindName)!;
  const draft = structuredClone(object);
  if (kind.namespaced) draft.metadata.namespace = "default";
  kind.setDefaults?.(draft);
  return kind.validate!(draft).map(({ field, detail }) => `${field}: ${detail}`);
};
const NETWORKING = "networking.k8s.io/v1";

describe("ingresses", () => {
  const path = (fields: object) => ({
    metadata: { name: "web" },
    spec: { rules: [{ http: { paths: [{ path: "/", pathType: "Prefix", ...fields }] } }] },
  });

  it.each<[object, string[]]>([
    [path({ backend: { service: { name: "web", port: { number: 80 } } } }), []],
    [
      { metadata: { name: "web" } },
      ["spec: Invalid value: []networking.IngressRule(nil): either `defaultBackend` or `rules` must be specified"],
    ],
    [
      path({ backend: { service: { name: "web" } } }),
      ["spec.rules[0].http.paths[0].backend: Required value: port name or number is required"],
    ],
    [
      path({ path: "a//b", backend: {} }),
      [
        'spec.rules[0].http.paths[0].path: Invalid value: "a//b": must be an absolute path',
        "spec.rules[0].http.paths[0].path: Invalid value: \"a//b\": must not contain '//'",
        'spec.rules[0].http.paths[0].backend: Invalid value: "": resource or service backend is required',
      ],
    ],
    [
      path({ pathType: "Regex", backend: { service: { name: "web", port: { name: "http", number: 80 } } } }),
      [
        'spec.rules[0].http.paths[0].pathType: Unsupported value: "Regex": supported values: "Exact", "ImplementationSpecific", "Prefix"',
        'spec.rules[0].http.paths[0].backend: Invalid value: "": cannot set both port name & port number',
      ],
    ],
  ])("%#", (object, expected) => {
    expect(complaints(NETWORKING, "Ingress", object)).toEqual(expected);
  });

  it("warns of the annotation that a field has replaced", () => {
    const object: any = { metadata: { annotations: { "kubernetes.io/ingress.class": "nginx" } }, spec: {} };
    expect(kinds.findKind(NETWORKING, "Ingress")!.warnings!(object)).toEqual([
      "annotation \"kubernetes.io/ingress.class\" is deprecated, please use 'spec.ingressClassName' instead",
    ]);
  });
});

describe("network policies", () => {
  it("is about ingress, and about egress where it has rules for it", () => {
    const draft: any = { metadata: { name: "p" }, spec: { egress: [{ ports: [{ port: 53 }] }] } };
    kinds.findKind(NETWORKING, "NetworkPolicy")!.setDefaults!(draft);
    expect(draft.spec).toEqual({
      podSelector: {},
      egress: [{ ports: [{ port: 53, protocol: "TCP" }] }],
      policyTypes: ["Ingress", "Egress"],
    });
  });

  it("names every wrong peer and port", () => {
    const ingress = [
      { from: [{}, { podSelector: {}, ipBlock: { cidr: "10.0.0.0/8", except: ["11.0.0.0/16", "10.0.0.0/8"] } }] },
      { ports: [{ endPort: 90 }, { port: 100, endPort: 90 }, { port: "web", endPort: 1 }, { protocol: "ICMP" }] },
    ];
    const spec = { podSelector: {}, ingress, policyTypes: ["Ingres"] };
    expect(complaints(NETWORKING, "NetworkPolicy", { metadata: { name: "p" }, spec })).toEqual([
      "spec.ingress[0].from[0]: Required value: must specify a peer",
      'spec.ingress[0].from[1].ipBlock.except[0]: Invalid value: "11.0.0.0/16": must be a strict subset of `cidr`',
      'spec.ingress[0].from[1].ipBlock.except[1]: Invalid value: "10.0.0.0/8": must be a strict subset of `cidr`',
      "spec.ingress[0].from[1]: Forbidden: may not specify both ipBlock and another peer",
      "spec.ingress[1].ports[0].endPort: Invalid value: 90: may not be specified when `port` is not specified",
      "spec.ingress[1].ports[1].endPort: Invalid value: 90: must be greater than or equal to `port`",
      "spec.ingress[1].ports[2].endPort: Invalid value: 1: may not be specified when `port` is non-numeric",
      'spec.ingress[1].ports[3].protocol: Unsupported value: "ICMP": supported values: "TCP", "UDP", "SCTP"',
      'spec.policyTypes[0]: Unsupported value: "Ingres": supported values: "Ingress", "Egress"',
    ]);
  });

  it("warns of a range whose address is not its first", () => {
    const object: any = { metadata: {}, spec: { ingress: [{ from: [{ ipBlock: { cidr: "10.1.2.3/16" } }] }] } };
    expect(kinds.findKind(NETWORKING, "NetworkPolicy")!.warnings!(object)).toEqual([
      'spec.ingress[0].from[0].ipBlock.cidr: CIDR value "10.1.2.3/16" is ambiguous in this context (should be "10.1.0.0/16" or "10.1.2.3/32"?)',
    ]);
  });
});

describe("addresses and their ranges", () => {
  it.each<[string, string[]]>([
    ["10.96.0.1", []],
    ["2001:db8::1", []],
    ["010.96.0.1", ["must not have leading 0s"]],
    ["2001:DB8:0::1", ['must be in canonical form ("2001:db8::1")']],
    ["web", ["must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"]],
  ])("names an IPAddress %s", (name, texts) => {
    const spec = { parentRef: { resource: "services", namespace: "default", name: "web" } };
    const expected = texts.map((text) => `metadata.name: Invalid value: "${name}": ${text}`);
    expect(complaints(NETWORKING, "IPAddress", { metadata: { name }, spec })).toEqual(expected);
  });

  it.each<[string[], string[]]>([
    [["10.0.0.0/16"], []],
    [[], ["spec.cidrs: Required value: at least one CIDR required"]],
    [["10.1.2.3/16"], ['spec.cidrs[0]: Invalid value: "10.1.2.3/16": must not have bits set beyond the prefix length']],
    [
      ["10.0.0.0/16", "10.1.0.0/16"],
      [
        'spec.cidrs: Invalid value: []string{"10.0.0.0/16", "10.1.0.0/16"}: may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64',
      ],
    ],
  ])("takes a ServiceCIDR of %s", (cidrs, expected) => {
    expect(complaints(NETWORKING, "ServiceCIDR", { metadata: { name: "more" }, spec: { cidrs } })).toEqual(expected);
  });
});

describe("ingress classes and leases", () => {
  it("wants a controller's name with a domain", () => {
    expect(complaints(NETWORKING, "IngressClass", { metadata: { name: "c" }, spec: { controller: "nginx" } })).toEqual([
      'spec.controller: Invalid value: "nginx": must be a domain-prefixed path (such as "acme.io/foo")',
    ]);
  });

  it("wants a lease to last", () => {
    const spec = { leaseDurationSeconds: 0, leaseTransitions: -1 };
    expect(complaints("coordination.k8s.io/v1", "Lease", { metadata: { name: "l" }, spec })).toEqual([
      "spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0",
      "spec.leaseTransitions: Invalid value: -1: must be greater than or equal to 0",
    ]);
  });
});
