import type { NewObject } from "../../apiserver/client";
import type { Component, Sim } from "../../component";
import { clone, deepEqual } from "../../kernel/freeze";
import type { KubeObject } from "../../types";

/**
 * IPAddresses and ServiceCIDRs: the allocator of kube-apiserver keeps an IPAddress for each address that a Service has,
 * and tells of each range that it may be used (https://kubernetes.io/docs/reference/networking/virtual-ips/#ip-address-objects).
 */

const NAME = "service-addresses";
const ADDRESSES = "ipaddresses.networking.k8s.io";
const RANGES = "servicecidrs.networking.k8s.io";
const DEFAULT_RANGE = "kubernetes";
const FINALIZER = "networking.k8s.io/service-cidr-finalizer";

/** The range with which the cluster was started. */
export function bootServiceRange(sim: Sim): void {
  sim.api("kube-apiserver").create(RANGES, {
    apiVersion: "networking.k8s.io/v1",
    kind: "ServiceCIDR",
    metadata: { name: DEFAULT_RANGE },
    spec: { cidrs: [sim.options.serviceCidr] },
  });
}

const addressesOf = (service: KubeObject | undefined): string[] =>
  ((service?.spec.clusterIPs ?? []) as string[]).filter((address) => address && address !== "None");

export const serviceAddresses: Component = {
  name: NAME,
  onChange(sim, { resource, object, previous, type }) {
    if (resource === RANGES && type !== "DELETED") sim.kernel.schedule(0, NAME, `range/${object.metadata.name}`);
    if (resource !== "services") return;
    const now = type === "DELETED" ? [] : addressesOf(object);
    if (deepEqual(now, previous && type !== "DELETED" ? addressesOf(previous) : [])) {
      if (type !== "DELETED") return;
    }
    for (const address of new Set([...now, ...addressesOf(previous)]))
      sim.kernel.schedule(0, NAME, `address/${address}`);
  },
  onTimer(sim, { key }) {
    const [what, name = ""] = key.split("/");
    if (what === "range") settleRange(sim, name);
    else settleAddress(sim, name);
  },
};

function settleAddress(sim: Sim, address: string): void {
  const owner = sim.store.list("services").find((service) => addressesOf(service).includes(address));
  const known = sim.store.get(ADDRESSES, undefined, address);
  const api = sim.api("kube-apiserver");
  if (!owner) {
    if (known) api.delete(ADDRESSES, undefined, address);
    return;
  }
  const { name, namespace } = owner.metadata;
  const manifest: NewObject = {
    apiVersion: "networking.k8s.io/v1",
    kind: "IPAddress",
    metadata: {
      name: address,
      labels: {
        "ipaddress.kubernetes.io/ip-family": address.includes(":") ? "IPv6" : "IPv4",
        "ipaddress.kubernetes.io/managed-by": "ipallocator.k8s.io",
      },
    },
    spec: { parentRef: { group: "", resource: "services", namespace: namespace!, name } },
  } as NewObject;
  if (!known) api.create(ADDRESSES, manifest);
}

function settleRange(sim: Sim, name: string): void {
  const range = sim.store.get(RANGES, undefined, name);
  if (!range) return;
  const api = sim.api("kube-apiserver");
  if (range.metadata.deletionTimestamp) {
    api.update(RANGES, { ...clone(range), metadata: { ...clone(range.metadata), finalizers: [] } });
    return;
  }
  if (range.status?.conditions) return;
  const which = name === DEFAULT_RANGE ? "Kubernetes default Service CIDR" : "Kubernetes Service CIDR";
  const condition = {
    type: "Ready",
    status: "True",
    lastTransitionTime: sim.kernel.now(),
    reason: "",
    message: `${which} is ready`,
  };
  const marked = api.update(RANGES, {
    ...clone(range),
    metadata: { ...clone(range.metadata), finalizers: [FINALIZER] },
  });
  api.updateStatus(RANGES, { ...clone(marked), status: { conditions: [condition] } });
}
