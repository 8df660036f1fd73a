import type { Sim } from "../component";
import { downSince, isDown, kubeletSilentSince } from "../faults";
import { parseRfc3339, rfc3339, rfc3339Micro } from "../kernel/time";
import type { KubeObject } from "../types";
import { lastBeat } from "./beat";
import { ELECTED, leaders } from "./leaders";
import { API_SERVER_IDENTITY, NODE_LEASES } from "./names";

/** kubelet renews its Lease four times in leaseDurationSeconds, of 40. */
export const NODE_LEASE_PERIOD_MS = 10_000;
/** kubelet's nodeStatusReportFrequency: how often it posts a status that has not changed. */
export const STATUS_REPORT_PERIOD_MS = 300_000;
/** retryPeriod of leader election. */
const ELECTION_PERIOD_MS = 2_000;
/** kube-apiserver's IdentityLeaseRenewIntervalPeriod. */
const API_SERVER_PERIOD_MS = 10_000;

/**
 * A Lease as its holder's heartbeats have made it by now. Heartbeats are not written: nothing runs while a cluster is at
 * rest, and whoever reads gets what would stand there (https://kubernetes.io/docs/concepts/architecture/leases/).
 */
export function leaseAsOfNow(sim: Sim, lease: KubeObject): KubeObject {
  const renewedMs = parseRfc3339(lease.spec?.renewTime ?? "");
  const beats = renewedMs === undefined ? undefined : heartbeats(sim, lease);
  if (renewedMs === undefined || !beats) return lease;
  const nowMs = lastBeat(renewedMs, beats.periodMs, beats.untilMs);
  return nowMs === renewedMs ? lease : { ...lease, spec: { ...lease.spec, renewTime: rfc3339Micro(nowMs) } };
}

function heartbeats(sim: Sim, { metadata, spec }: KubeObject): { periodMs: number; untilMs: number } | undefined {
  const { nowMs } = sim.kernel;
  const { name, namespace } = metadata;
  const holder = spec.holderIdentity;
  if (namespace === NODE_LEASES)
    return isMachine(sim, name) && holder === name
      ? { periodMs: NODE_LEASE_PERIOD_MS, untilMs: kubeletSilentSince(sim, name) ?? nowMs }
      : undefined;
  if (namespace !== "kube-system") return undefined;
  if (metadata.labels?.["apiserver.kubernetes.io/identity"] === API_SERVER_IDENTITY)
    return isDown(sim, "component", "kube-apiserver") ? undefined : { periodMs: API_SERVER_PERIOD_MS, untilMs: nowMs };
  if (!ELECTED.some((component) => component === name)) return undefined;
  const untilMs = downSince(sim, "component", name) ?? nowMs;
  return leaders(sim).get(name)?.identity === holder ? { periodMs: ELECTION_PERIOD_MS, untilMs } : undefined;
}

/** A Node whose conditions carry the heartbeats that its kubelet has posted by now. */
export function nodeAsOfNow(sim: Sim, node: KubeObject): KubeObject {
  const { name } = node.metadata;
  if (!isMachine(sim, name)) return node;
  const untilMs = kubeletSilentSince(sim, name) ?? sim.kernel.nowMs;
  let moved = false;
  const conditions = (node.status?.conditions ?? []).map((condition: any) => {
    const postedMs = parseRfc3339(condition.lastHeartbeatTime ?? "");
    if (postedMs === undefined || untilMs - postedMs < STATUS_REPORT_PERIOD_MS) return condition;
    moved = true;
    return { ...condition, lastHeartbeatTime: rfc3339(lastBeat(postedMs, STATUS_REPORT_PERIOD_MS, untilMs)) };
  });
  return moved ? { ...node, status: { ...node.status, conditions } } : node;
}

/** Whether a kubelet stands behind a Node of this name. */
const isMachine = (sim: Sim, name: string): boolean => sim.options.nodes.some((node) => node.name === name);
