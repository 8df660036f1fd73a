import type { Sim } from "../component";
import { kubeletSilentSince } from "../faults";
import type { Node, Pod } from "../kinds/types";
import { usageOf } from "../kubelet/stats/node";
import { SAMPLE_MS } from "../kubelet/usage/account";

/**
 * What metrics-server holds: the last two looks at each kubelet, and from them how much CPU was used in between
 * (github.com/kubernetes-sigs/metrics-server, pkg/storage). It is worked out when somebody asks; nothing ticks.
 */

const NAMESPACE = "kube-system";
const NAME = "metrics-server";
const DEFAULT_RESOLUTION_MS = 60_000;
/** A container that is younger has no metrics yet, even where its start can stand in for the look before. */
const FRESH_MS = 10_000;

/** The last two looks of the server that answers; undefined where it has not looked twice. */
export interface Scrapes {
  lastMs: number;
  resolutionMs: number;
  /** Whether there was one before the last. */
  twice: boolean;
}

export interface Use {
  nanocores: number;
  memoryBytes: number;
  windowMs: number;
}

/** Undefined where no server runs. */
export function scrapesOf(sim: Sim): Scrapes | undefined {
  const { nowMs } = sim.kernel;
  for (const pod of sim.store.list("pods", NAMESPACE) as readonly Pod[]) {
    if (pod.metadata.labels?.["k8s-app"] !== NAME) continue;
    const container = pod.spec.containers[0]!;
    const ref = { podUid: pod.metadata.uid, container: container.name };
    const startedMs = sim.runtime.inspect(ref)?.processes[0]?.startedMs;
    if (startedMs === undefined) continue;
    const resolutionMs = resolutionOf(container);
    const firstMs = Math.ceil(startedMs / SAMPLE_MS) * SAMPLE_MS;
    if (nowMs < firstMs) continue;
    const lastMs = firstMs + Math.floor((nowMs - firstMs) / resolutionMs) * resolutionMs;
    return { lastMs, resolutionMs, twice: lastMs > firstMs };
  }
  return undefined;
}

/** `--metric-resolution=60s`, as whole samples of the kubelet. */
function resolutionOf({ command = [], args = [] }: { command?: string[]; args?: string[] }): number {
  const match = [...command, ...args].map((word) => /^--metric-resolution=(\d+)(s|m)$/.exec(word)).find(Boolean);
  if (!match) return DEFAULT_RESOLUTION_MS;
  const wanted = Number(match[1]) * (match[2] === "m" ? 60_000 : 1000);
  return Math.max(1, Math.round(wanted / SAMPLE_MS)) * SAMPLE_MS;
}

/** Whether the node's kubelet could be asked at the last look. */
const wasReached = (sim: Sim, { lastMs }: Scrapes, node: string): boolean =>
  (kubeletSilentSince(sim, node) ?? Number.POSITIVE_INFINITY) > lastMs;

function between(
  { resolutionMs, twice }: Scrapes,
  last: { usedUs: number; memoryBytes: number; startedMs: number },
  before: { usedUs: number } | undefined,
  lastMs: number,
): Use | undefined {
  const livedMs = lastMs - last.startedMs;
  const from = before && twice ? { usedUs: before.usedUs, windowMs: resolutionMs } : undefined;
  const fresh = livedMs >= FRESH_MS && livedMs < resolutionMs ? { usedUs: 0, windowMs: livedMs } : undefined;
  const start = from ?? fresh;
  if (!start) return undefined;
  const nanocores = Math.round(((last.usedUs - start.usedUs) * 1_000_000) / start.windowMs);
  return { nanocores, memoryBytes: last.memoryBytes, windowMs: start.windowMs };
}

/** What each container of a pod used; undefined where one of them is not known yet. */
export function podUse(sim: Sim, scrapes: Scrapes, pod: Pod): { name: string; use: Use }[] | undefined {
  if (pod.status?.phase !== "Running" || !wasReached(sim, scrapes, pod.spec.nodeName!)) return undefined;
  const { lastMs, resolutionMs } = scrapes;
  const names = (pod.status.containerStatuses ?? []).map(({ name }) => name);
  const found = names.flatMap((name) => {
    const ref = { podUid: pod.metadata.uid, container: name };
    const last = sim.runtime.sample(ref, lastMs);
    const use = last && between(scrapes, last, sim.runtime.sample(ref, lastMs - resolutionMs), lastMs);
    return use ? [{ name, use }] : [];
  });
  return found.length > 0 && found.length === names.length ? found : undefined;
}

/** A node counts from its second look on. */
export function nodeUse(sim: Sim, scrapes: Scrapes, node: Node): Use | undefined {
  const { name } = node.metadata;
  if (!scrapes.twice || !wasReached(sim, scrapes, name)) return undefined;
  const { lastMs, resolutionMs } = scrapes;
  const last = usageOf(sim, node, lastMs);
  const before = usageOf(sim, node, lastMs - resolutionMs);
  const nanocores = Math.round((Math.max(0, last.usedUs - before.usedUs) * 1_000_000) / resolutionMs);
  return {
    nanocores: Math.min(nanocores, last.capacityNanocores),
    memoryBytes: last.memoryBytes,
    windowMs: resolutionMs,
  };
}
