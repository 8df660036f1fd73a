import type { Sim } from "../../component";
import { editRecord, KUBELET, type ProbeKind, readRecord } from "../records";

export const PROBE_KINDS: readonly ProbeKind[] = ["startup", "liveness", "readiness"];

export const probeTimer = (uid: string, container: string, kind: ProbeKind): string =>
  `probe/${uid}/${container}/${kind}`;

/**
 * A probe whose last attempt succeeded, changed nothing and looked at nothing that moves by itself would succeed the same
 * way again: its timer sleeps. Whatever could change the outcome calls this, and the attempts go on at the moments at
 * which they would have come. So a settled pod costs nothing, and no outcome differs.
 */
export function wakeProbes(sim: Sim, uid: string): void {
  const record = readRecord(sim, uid);
  if (!record) return;
  const asleep = Object.values(record.containers).some((container) =>
    PROBE_KINDS.some((kind) => container.probes[kind]?.asleep),
  );
  if (!asleep) return;
  const due: { key: string; nextMs: number; periodMs: number }[] = [];
  editRecord(sim, uid, (draft) => {
    for (const [name, container] of Object.entries(draft.containers)) {
      for (const kind of PROBE_KINDS) {
        const probe = container.probes[kind];
        if (!probe?.asleep) continue;
        delete probe.asleep;
        due.push({ key: probeTimer(uid, name, kind), nextMs: probe.nextMs!, periodMs: probe.periodMs });
      }
    }
  });
  // Attempts keep their rhythm: the first one that has not passed yet.
  for (const { key, nextMs, periodMs } of due) {
    const missed = Math.max(0, Math.ceil((sim.kernel.nowMs - nextMs) / periodMs));
    sim.kernel.schedule(nextMs + missed * periodMs - sim.kernel.nowMs, KUBELET, key);
  }
}
