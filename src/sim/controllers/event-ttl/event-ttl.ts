import type { Component, Sim } from "../../component";
import { EVENT_TTL_MS, SIMILAR_WITHIN_MS } from "../../event-recorder";
import { parseRfc3339 } from "../../kernel/time";
import type { KubeObject } from "../../types";

const NAME = "event-ttl";
const EXPIRE = "expire";
/** Events that expire within this time of each other go together. */
const BATCH_MS = 60_000;

/**
 * Forgets events an hour after they were last written. One timer for all of them, and one that wakes nobody: whoever
 * looks at the cluster moves its time first.
 */
export const eventTtl: Component = {
  name: NAME,
  background: true,
  onChange(sim, { type, resource }) {
    if (resource === "events" && type === "ADDED" && !sim.kernel.queue.get(NAME, EXPIRE))
      sim.kernel.schedule(EVENT_TTL_MS, NAME, EXPIRE);
  },
  onTimer(sim) {
    let oldest: number | undefined;
    const api = sim.api(NAME);
    const names = new Set<string>();
    for (const event of sim.store.list("events")) {
      const expiresMs = lastWrittenMs(event) + EVENT_TTL_MS;
      if (expiresMs <= sim.kernel.nowMs) {
        api.delete("events", event.metadata.namespace, event.metadata.name);
      } else {
        names.add(event.metadata.name);
        oldest = Math.min(oldest ?? expiresMs, expiresMs);
      }
    }
    forgetCorrelations(sim, names);
    if (oldest !== undefined) sim.kernel.schedule(oldest + BATCH_MS - sim.kernel.nowMs, NAME, EXPIRE);
  },
};

const lastWrittenMs = (event: KubeObject): number =>
  parseRfc3339(
    event.series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp,
  ) ?? 0;

/** The recorder need not remember events that are gone. */
function forgetCorrelations(sim: Sim, names: ReadonlySet<string>): void {
  const seen = sim.kernel.table<string>("events.seen");
  for (const [identity, name] of [...seen.entries()]) if (!names.has(name)) seen.delete(identity);
  const similar = sim.kernel.table<{ lastMs: number }>("events.similar");
  for (const [key, { lastMs }] of [...similar.entries()])
    if (sim.kernel.nowMs - lastMs > SIMILAR_WITHIN_MS) similar.delete(key);
}
