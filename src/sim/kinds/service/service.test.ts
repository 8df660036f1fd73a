import { describe, expect, it } from "vitest";
import type { KindContext } from "../../apiserver/kind";
import { StatusError } from "../../apiserver/status";
import { clone } from "../../kernel/freeze";
import type { KubeObject } from "../../types";
import { service } from "./index";

function world(...services: any[]): KindContext {
  let next = 0;
  return {
    nowMs: 0,
    user: { username: "jane" },
    list: () => services as KubeObject[],
    get: () => undefined,
    randomInt: (below) => next++ % below,
    randomName: () => "abcde",
    serviceCidr: "10.96.0.0/12",
  };
}

function create(spec: object, context = world(), name = "web"): any {
  const draft: any = { apiVersion: "v1", kind: "Service", metadata: { name, namespace: "default" }, spec: clone(spec) };
  service.setDefaults!(draft);
  service.prepareForCreate!(draft, context);
  return draft;
}

function update(old: any, spec: object, context = world(old)): any {
  const draft: any = { ...clone(old), metadata: { ...old.metadata, resourceVersion: "1" }, spec: clone(spec) };
  service.setDefaults!(draft);
  service.prepareForUpdate!(draft, old, context);
  return draft;
}

function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof StatusError) return error.message;
    throw error;
  }
  return "";
}

const ports = [{ port: 80 }];

describe("addresses of Services", () => {
  it("gives each its own", () => {
    const one = create({ ports });
    expect(one.spec).toMatchObject({
      clusterIP: "10.96.1.0",
      clusterIPs: ["10.96.1.0"],
      ipFamilies: ["IPv4"],
      ipFamilyPolicy: "SingleStack",
    });
    expect(create({ ports }, world(one), "other").spec.clusterIP).toBe("10.96.1.1");
  });

  it("leaves headless and external ones without", () => {
    expect(create({ ports, clusterIP: "None" }).spec).toMatchObject({ clusterIP: "None", clusterIPs: ["None"] });
    expect(create({ type: "ExternalName", externalName: "example.com" }).spec.clusterIP).toBeUndefined();
  });

  it("refuses addresses that are taken or not in the range", () => {
    const one = create({ ports, clusterIP: "10.96.0.10" });
    expect(refusal(() => create({ ports, clusterIP: "10.96.0.10" }, world(one), "other"))).toBe(
      'Service "other" is invalid: spec.clusterIPs: Invalid value: []string{"10.96.0.10"}: failed to allocate IP 10.96.0.10: provided IP is already allocated',
    );
    expect(refusal(() => create({ ports, clusterIP: "192.168.0.1" }))).toContain(
      "failed to allocate IP 192.168.0.1: the provided network does not match the current range",
    );
  });

  it("keeps what a manifest does not mention", () => {
    const old = create({ type: "NodePort", ports: [{ port: 80, nodePort: 30080 }] });
    const now = update(old, {
      type: "NodePort",
      ports: [{ port: 80 }, { port: 443, name: "tls" }].map((port, index) => ({ name: `p${index}`, ...port })),
    });
    expect(now.spec.clusterIP).toBe(old.spec.clusterIP);
    expect(now.spec.ports.map((port: any) => port.nodePort)).toEqual([30080, 30086]);
  });

  it("drops with the type what only that type has", () => {
    const old = create({ type: "NodePort", ports });
    const now = update(old, { ...clone(old.spec), type: "ClusterIP" });
    expect(now.spec.ports).toEqual([{ port: 80, protocol: "TCP", targetPort: 80 }]);
    expect(now.spec.externalTrafficPolicy).toBeUndefined();
    expect(service.validate!(now)).toEqual([]);
    const external = update(old, { ...clone(old.spec), type: "ExternalName", externalName: "example.com" });
    expect(external.spec.clusterIP).toBeUndefined();
    expect(service.validate!(external)).toEqual([]);
  });

  it("does not let the address change", () => {
    const old = create({ ports });
    const now = update(old, { ports, clusterIP: "10.96.0.99" });
    expect(service.validateUpdate!(now, old)).toEqual([
      {
        type: "FieldValueInvalid",
        field: "spec.clusterIPs[0]",
        detail: 'Invalid value: []string{"10.96.0.99"}: may not change once set',
      },
    ]);
  });
});

describe("node ports", () => {
  it("are random unless asked for", () => {
    expect(create({ type: "NodePort", ports }).spec.ports[0].nodePort).toBe(30087);
    expect(create({ type: "NodePort", ports: [{ port: 80, nodePort: 31000 }] }).spec.ports[0].nodePort).toBe(31000);
    expect(
      create({ type: "LoadBalancer", ports, allocateLoadBalancerNodePorts: false }).spec.ports[0].nodePort,
    ).toBeUndefined();
  });

  it("are shared by two protocols of one port", () => {
    const got = create({
      type: "NodePort",
      ports: [
        { name: "a", port: 53, protocol: "TCP" },
        { name: "b", port: 53, protocol: "UDP" },
      ],
    });
    expect(new Set(got.spec.ports.map((port: any) => port.nodePort)).size).toBe(1);
  });

  it("are refused where taken or out of range", () => {
    const one = create({ type: "NodePort", ports: [{ port: 80, nodePort: 30080 }] });
    expect(
      refusal(() => create({ type: "NodePort", ports: [{ port: 80, nodePort: 30080 }] }, world(one), "other")),
    ).toBe(
      'Service "other" is invalid: spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated',
    );
    expect(refusal(() => create({ type: "NodePort", ports: [{ port: 80, nodePort: 80 }] }))).toBe(
      'Service "web" is invalid: spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767',
    );
  });
});
