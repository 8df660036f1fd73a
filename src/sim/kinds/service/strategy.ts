import type { KindContext } from "../../apiserver/kind";
import { deepEqual } from "../../kernel/freeze";
import type { Service } from "../types";
import { allocate, needsNodePorts } from "./allocate";
import { externallyAccessible, hasClusterAddress } from "./defaults";
import { needsHealthPort, validateServiceUpdate } from "./update";
import { validateService } from "./validation";

/** Addresses are given only to a Service that is valid otherwise, so that its own mistakes are told first. */
export function prepareServiceForCreate(draft: Service, context: KindContext): void {
  (draft as any).status = { loadBalancer: {} };
  normaliseClusterIPs(draft, undefined);
  if (validateService(draft).length === 0) allocate(draft, context);
}

export function prepareServiceForUpdate(draft: Service, old: Service, context: KindContext): void {
  (draft as any).status = old.status;
  normaliseClusterIPs(draft, old);
  dropFieldsOfOldType(draft.spec as any, old.spec as any);
  keepAllocated(draft.spec as any, old.spec as any);
  if (validateService(draft).length === 0 && validateServiceUpdate(draft, old).length === 0)
    allocate(draft, context, old);
}

/** A client that knows only one of clusterIP and clusterIPs changes both by changing one. */
function normaliseClusterIPs(draft: Service, old: Service | undefined): void {
  const spec = draft.spec as any;
  if (!old) {
    if (spec.clusterIP && !spec.clusterIPs?.length) spec.clusterIPs = [spec.clusterIP];
    return;
  }
  const before = old.spec as any;
  if (spec.clusterIP !== before.clusterIP) {
    if (!spec.clusterIP && deepEqual(spec.clusterIPs, before.clusterIPs)) delete spec.clusterIPs;
    else if (spec.clusterIP && deepEqual(spec.clusterIPs, before.clusterIPs)) spec.clusterIPs = [spec.clusterIP];
    else if (spec.clusterIP && !spec.clusterIPs?.length) spec.clusterIPs = [spec.clusterIP];
  }
}

const nodePorts = (spec: any): (number | undefined)[] =>
  (spec.ports ?? []).map((port: any) => port.nodePort).filter(Boolean);

/** What only the old type could have goes with it, unless the same request set it anew. */
function dropFieldsOfOldType(spec: any, old: any): void {
  if (hasClusterAddress(old.type) && !hasClusterAddress(spec.type)) {
    for (const field of ["clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy", "internalTrafficPolicy"]) {
      if (deepEqual(spec[field], old[field])) delete spec[field];
    }
  }
  if (needsNodePorts(old) && !needsNodePorts(spec)) {
    const same = nodePorts(spec).every((port) => nodePorts(old).includes(port));
    if (same) for (const port of spec.ports ?? []) delete port.nodePort;
  }
  if (old.type === "LoadBalancer" && spec.type !== "LoadBalancer") {
    for (const field of ["allocateLoadBalancerNodePorts", "loadBalancerClass"]) {
      if (deepEqual(spec[field], old[field])) delete spec[field];
    }
  }
  if (needsHealthPort(old) && !needsHealthPort(spec) && spec.healthCheckNodePort === old.healthCheckNodePort) {
    delete spec.healthCheckNodePort;
  }
  if (
    externallyAccessible(old) &&
    !externallyAccessible(spec) &&
    spec.externalTrafficPolicy === old.externalTrafficPolicy
  ) {
    delete spec.externalTrafficPolicy;
  }
}

/** A manifest that says nothing about addresses and node ports keeps those that the Service has. */
function keepAllocated(spec: any, old: any): void {
  if (hasClusterAddress(old.type) && hasClusterAddress(spec.type) && !spec.clusterIP && !spec.clusterIPs?.length) {
    spec.clusterIP = old.clusterIP;
    spec.clusterIPs = old.clusterIPs;
  }
  if (hasClusterAddress(old.type) && hasClusterAddress(spec.type)) {
    spec.ipFamilies ??= old.ipFamilies;
    spec.ipFamilyPolicy ??= old.ipFamilyPolicy;
  }
  if (needsNodePorts(old) && needsNodePorts(spec)) {
    const known = new Map<string, number>();
    const used = new Set<number>(nodePorts(spec) as number[]);
    for (const port of old.ports ?? []) if (port.nodePort) known.set(`${port.port}/${port.protocol}`, port.nodePort);
    for (const port of spec.ports ?? []) {
      const before = known.get(`${port.port}/${port.protocol}`);
      if (!port.nodePort && before && !used.has(before)) port.nodePort = before;
    }
  }
  if (old.healthCheckNodePort && spec.type === "LoadBalancer" && spec.externalTrafficPolicy === "Local") {
    spec.healthCheckNodePort ||= old.healthCheckNodePort;
  }
}
