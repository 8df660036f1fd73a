import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { findImage } from "@/sim/images/catalog";
import { type PodRecord, podOf, recordsOn } from "@/sim/kubelet/records";
import { type Ending, type InstanceRow, readInstance } from "@/sim/kubelet/runtime/instances";
import type { NodeAccess } from "./access";

/** A container as the runtime of a node lists it. */
export interface Listed {
  id: string;
  image: string;
  createdMs: number;
  state: "Created" | "Running" | "Exited";
  name: string;
  attempt: number;
  sandboxId: string;
  pod: string;
  namespace: string;
  podUid: string;
  ending?: Ending;
  row: InstanceRow;
  /** The one before the newest: its log is the previous one. */
  previous: boolean;
}

export interface Sandbox {
  id: string;
  createdMs: number;
  ready: boolean;
  name: string;
  namespace: string;
  attempt: number;
  uid: string;
}

/** What containerd would have called a pod's sandbox: made of what tells it from others. */
const sandboxId = ({ uid, sandboxes }: PodRecord): string => bytesToHex(sha256(utf8ToBytes(`${uid}/${sandboxes}`)));

export function sandboxes({ sim, node }: NodeAccess): Sandbox[] {
  return recordsOn(sim, node)
    .filter((record) => record.sandboxes > 0 && !record.rejected)
    .map((record) => ({
      id: sandboxId(record),
      createdMs: record.startTimeMs,
      ready: record.sandbox,
      name: record.name,
      namespace: record.namespace,
      attempt: record.sandboxes - 1,
      uid: podOf(sim, record)?.metadata.uid ?? record.uid,
    }))
    .sort((a, b) => b.createdMs - a.createdMs || (a.name < b.name ? -1 : 1));
}

/** Containers of a node, the newest first: those that run, and those that have ended and are not cleared away. */
export function containers({ sim, node }: NodeAccess): Listed[] {
  const found = recordsOn(sim, node).flatMap((record) =>
    Object.keys(record.containers).flatMap((container) => {
      const row = readInstance(sim, { podUid: record.uid, container });
      if (!row) return [];
      const common = {
        image: findImage(row.image)?.digest.replace("sha256:", "") ?? row.image,
        name: container,
        sandboxId: sandboxId(record),
        pod: record.name,
        namespace: record.namespace,
        podUid: record.uid,
        row,
      };
      const state = row.state === "running" ? "Running" : row.state === "exited" ? "Exited" : "Created";
      const newest: Listed = {
        ...common,
        id: row.id,
        createdMs: row.startedMs || row.ending?.finishedMs || sim.kernel.nowMs,
        state,
        attempt: row.attempt,
        previous: false,
        ...(row.ending && { ending: row.ending }),
      };
      if (!row.previous) return [newest];
      const { previous } = row;
      const before: Listed = {
        ...common,
        id: previous.id,
        createdMs: previous.startedMs || previous.finishedMs,
        state: "Exited",
        attempt: row.attempt - 1,
        ending: previous,
        previous: true,
      };
      return [newest, before];
    }),
  );
  return found.sort((a, b) => b.createdMs - a.createdMs || (a.pod < b.pod ? -1 : 1));
}
