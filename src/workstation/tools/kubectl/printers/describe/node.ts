import { age } from "@/sim/kinds/printing";
import {
  addQuantities,
  canonicalQuantity,
  compareQuantities,
  formatQuantity,
  parseQuantity,
  type Quantity,
} from "@/sim/kinds/quantity";
import { eventsLines } from "./events";
import type { Describer, World } from "./types";
import { annotationsLines, labelsLines, timeText, type Writer } from "./writer";

const ROLE = "node-role.kubernetes.io/";

export const describeNode: Describer = async (w, node, world) => {
  const { metadata, spec = {}, status = {} } = node;
  w.line(`Name:\t${metadata.name}`);
  const roles = Object.keys(metadata.labels ?? {})
    .filter((key) => key.startsWith(ROLE))
    .map((key) => key.slice(ROLE.length))
    .sort();
  w.line(`Roles:\t${roles.length > 0 ? roles.join(",") : "<none>"}`);
  labelsLines(w, "Labels", metadata.labels);
  annotationsLines(w, "Annotations", metadata.annotations);
  w.line(`CreationTimestamp:\t${timeText(metadata.creationTimestamp)}`);
  taintsLines(w, spec.taints);
  w.line(`Unschedulable:\t${spec.unschedulable ?? false}`);
  await leaseLines(w, metadata.name, world);
  conditionsLines(w, status.conditions);
  if (status.addresses) {
    w.line("Addresses:");
    for (const { type, address } of status.addresses) w.line(`  ${type}:\t${address}`);
  }
  amountsLines(w, "Capacity", status.capacity);
  amountsLines(w, "Allocatable", status.allocatable);
  systemLines(w, status.nodeInfo ?? {});
  if (spec.podCIDR) w.line(`PodCIDR:\t${spec.podCIDR}`);
  if (spec.podCIDRs?.length) w.line(`PodCIDRs:\t${spec.podCIDRs.join(",")}`);
  if (spec.providerID) w.line(`ProviderID:\t${spec.providerID}`);
  const pods = await world.list("pods", undefined, {
    fields: `spec.nodeName=${metadata.name},status.phase!=Failed,status.phase!=Succeeded`,
  });
  podsLines(w, pods, status.allocatable ?? status.capacity ?? {}, world.nowMs);
  eventsLines(w, await world.events(node), world.nowMs);
};

function taintsLines(w: Writer, taints: any[] | undefined): void {
  if (!taints?.length) {
    w.line("Taints:\t<none>");
    return;
  }
  const texts = taints.map(({ key, value, effect }) => (value ? `${key}=${value}:${effect}` : `${key}:${effect}`));
  [...texts].sort().forEach((text, index) => {
    w.line(`${index === 0 ? "Taints:" : ""}\t${text}`);
  });
}

async function leaseLines(w: Writer, name: string, world: World): Promise<void> {
  const lease = await world.get("leases.coordination.k8s.io", "kube-node-lease", name);
  if (!lease) {
    w.line(`Lease:\tFailed to get lease: leases.coordination.k8s.io ${JSON.stringify(name)} not found`);
    return;
  }
  w.line("Lease:");
  w.line(`  HolderIdentity:\t${lease.spec?.holderIdentity ?? "<unset>"}`);
  w.line(`  AcquireTime:\t${lease.spec?.acquireTime ? timeText(lease.spec.acquireTime) : "<unset>"}`);
  w.line(`  RenewTime:\t${lease.spec?.renewTime ? timeText(lease.spec.renewTime) : "<unset>"}`);
}

function conditionsLines(w: Writer, conditions: any[] | undefined): void {
  if (!conditions?.length) return;
  w.line("Conditions:");
  w.line("  Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage");
  w.line("  ----\t------\t-----------------\t------------------\t------\t-------");
  for (const each of conditions) {
    w.line(
      `  ${each.type} \t${each.status} \t${timeText(each.lastHeartbeatTime)} \t${timeText(each.lastTransitionTime)} \t${each.reason ?? ""} \t${each.message ?? ""}`,
    );
  }
}

function amountsLines(w: Writer, title: string, amounts: Record<string, string> | undefined): void {
  const names = Object.keys(amounts ?? {}).sort();
  if (names.length === 0) return;
  w.line(`${title}:`);
  for (const name of names) w.line(`  ${name}:\t${canonicalQuantity(amounts![name]!)}`);
}

function systemLines(w: Writer, info: any): void {
  w.line("System Info:");
  w.line(`  Machine ID:\t${info.machineID ?? ""}`);
  w.line(`  System UUID:\t${info.systemUUID ?? ""}`);
  w.line(`  Boot ID:\t${info.bootID ?? ""}`);
  w.line(`  Kernel Version:\t${info.kernelVersion ?? ""}`);
  w.line(`  OS Image:\t${info.osImage ?? ""}`);
  w.line(`  Operating System:\t${info.operatingSystem ?? ""}`);
  w.line(`  Architecture:\t${info.architecture ?? ""}`);
  w.line(`  Container Runtime Version:\t${info.containerRuntimeVersion ?? ""}`);
  w.line(`  Kubelet Version:\t${info.kubeletVersion ?? ""}`);
  w.line(`  Kube-Proxy Version:\t${info.kubeProxyVersion ?? ""}`);
}

type Totals = Record<string, Quantity>;

const add = (totals: Totals, amounts: Record<string, string> | undefined) => {
  for (const [name, text] of Object.entries(amounts ?? {}))
    totals[name] = totals[name] ? addQuantities(totals[name], parseQuantity(text)) : parseQuantity(text);
};

/** What a pod asks for: its containers together, or its hungriest init container if that is more. */
export function podTotals(pod: any, field: "requests" | "limits"): Totals {
  const totals: Totals = {};
  for (const container of pod.spec?.containers ?? []) add(totals, container.resources?.[field]);
  let sidecars: Totals = {};
  for (const container of pod.spec?.initContainers ?? []) {
    const own: Totals = {};
    add(own, container.resources?.[field]);
    if (container.restartPolicy === "Always") {
      add(totals, container.resources?.[field]);
      sidecars = sum(sidecars, own);
      continue;
    }
    for (const [name, quantity] of Object.entries(sum(sidecars, own))) {
      if (!totals[name] || compareQuantities(quantity, totals[name]) > 0) totals[name] = quantity;
    }
  }
  for (const [name, text] of Object.entries(pod.spec?.overhead ?? {}))
    if (field === "requests" || totals[name]) add(totals, { [name]: text as string });
  return totals;
}

function sum(a: Totals, b: Totals): Totals {
  const result = { ...a };
  for (const [name, quantity] of Object.entries(b))
    result[name] = result[name] ? addQuantities(result[name], quantity) : quantity;
  return result;
}

const ZERO = parseQuantity("0");

/** Whole percents of what the node can give, cut off. */
function share(quantity: Quantity, of: string | undefined): string {
  const whole = of ? parseQuantity(of).nanos : 0n;
  return whole === 0n ? "0%" : `${(quantity.nanos * 100n) / whole}%`;
}

function podsLines(w: Writer, pods: any[], allocatable: Record<string, string>, nowMs: number): void {
  w.line(`Non-terminated Pods:\t(${pods.length} in total)`);
  w.line("  Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge");
  w.line("  ---------\t----\t\t------------\t----------\t---------------\t-------------\t---");
  let requests: Totals = {};
  let limits: Totals = {};
  const cell = (totals: Totals, name: string) =>
    `${formatQuantity(totals[name] ?? ZERO)} (${share(totals[name] ?? ZERO, allocatable[name])})`;
  for (const pod of pods) {
    const [asked, capped] = [podTotals(pod, "requests"), podTotals(pod, "limits")];
    requests = sum(requests, asked);
    limits = sum(limits, capped);
    w.line(
      `  ${pod.metadata.namespace}\t${pod.metadata.name}\t\t${cell(asked, "cpu")}\t${cell(capped, "cpu")}\t${cell(asked, "memory")}\t${cell(capped, "memory")}\t${age(pod.metadata.creationTimestamp, nowMs)}`,
    );
  }
  w.line("Allocated resources:");
  w.line("  (Total limits may be over 100 percent, i.e., overcommitted.)");
  w.line("  Resource\tRequests\tLimits");
  w.line("  --------\t--------\t------");
  const standard = ["cpu", "memory", "ephemeral-storage"];
  const others = Object.keys(allocatable)
    .filter((name) => !standard.includes(name) && (name.startsWith("hugepages-") || name.includes("/")))
    .sort();
  for (const name of [...standard, ...others]) w.line(`  ${name}\t${cell(requests, name)}\t${cell(limits, name)}`);
}
