import type { Sim } from "../component";
import { clone } from "../kernel/freeze";
import type { Pod } from "../kinds/types";

export const KUBELET = "kubelet";

/** An exponential back-off as client-go's flowcontrol.Backoff keeps it. */
export interface Backoff {
  delayMs: number;
  updatedMs: number;
}

export interface ProbeRecord {
  /** The result that counts: what the last `runs` results in a row were, once a threshold is reached. */
  result: "success" | "failure" | "unknown";
  last?: "success" | "failure";
  runs: number;
  /** Switched off until the container runs anew. */
  onHold?: boolean;
  periodMs: number;
  /** When the next attempt would be due; attempts that cannot differ from the last are not made (see `probes/lazy.ts`). */
  nextMs?: number;
  asleep?: boolean;
}

export type ProbeKind = "startup" | "liveness" | "readiness";

export interface Stopping {
  step: "preStop" | "term" | "kill";
  /** When SIGKILL comes, whatever happens. */
  deadlineMs: number;
}

/** What the kubelet remembers of a container across its instances. What runs is a row of `runtime/instances.ts`. */
export interface ContainerRecord {
  /** Why it does not run: upstream's reason cache. */
  waiting?: { reason: string; message?: string };
  backoff?: Backoff;
  pullBackoff?: Backoff & { image: string; error: string };
  stopping?: Stopping;
  /** Started and, where there is one, past its startup probe. */
  started: boolean;
  ready: boolean;
  probes: Partial<Record<ProbeKind, ProbeRecord>>;
}

/** A step of the worker that has begun, or is to come. */
export type Task =
  | { step: "mount" }
  | { step: "sandbox" }
  /** `exitedMs`: when the instance before ended, as the sync saw it; back-off counts from there. */
  | { step: "start"; container: string; exitedMs?: number }
  | { step: "pull"; container: string; image: string; queuedMs: number; startedMs: number; endsMs: number }
  | { step: "create"; container: string }
  | { step: "run"; container: string }
  | { step: "postStart"; container: string; tookMs: number; failure?: string }
  | { step: "kill"; container: string; message: string; graceMs: number };

/** The worker of one pod. `tasks[0]` is under way while `busy`. */
export interface PodRecord {
  uid: string;
  namespace: string;
  name: string;
  node: string;
  startTimeMs: number;
  ip?: string;
  /** The kubelet has looked whether the node can take it. */
  admitted?: boolean;
  sandbox: boolean;
  /** How many it has had: what ran in an earlier one does not count any more. */
  sandboxes: number;
  mounted: boolean;
  mountTries: number;
  busy: boolean;
  tasks: Task[];
  /** Something happened while busy: sync again. */
  dirty: boolean;
  /** This sync made a sandbox or a container. */
  made: boolean;
  /** A task failed: the next sync comes after the retry delay. */
  failed: boolean;
  /** Sooner than that delay where a back-off ends sooner. */
  retryMs?: number;
  terminating?: { graceMs: number; sinceMs: number };
  /** The node lost power while the sandbox stood. */
  lostSandbox?: boolean;
  /** Containers and sandbox are gone for good. */
  terminated?: boolean;
  /** The node did not take the pod: nothing of it was ever made. */
  rejected?: boolean;
  /** The kubelet's own decision on the pod, e.g. DeadlineExceeded. */
  verdict?: { reason: string; message: string };
  /** The object as it was when it vanished from the API while containers ran. */
  gone?: Pod;
  /** A pod from a file of its node, with the status that its kubelet knows; what the API has of it is a mirror. */
  static?: Pod;
  containers: Record<string, ContainerRecord>;
}

const table = (sim: Sim) => sim.kernel.table<PodRecord>("kubelet.pods");

export const readRecord = (sim: Sim, uid: string): PodRecord | undefined => table(sim).get(uid);

export const allRecords = (sim: Sim): PodRecord[] => [...table(sim).values()];

/** Which pods each node has, derived from the table of records: a fork or a restored cluster works it out anew. */
const byNode = new WeakMap<object, Map<string, Set<string>>>();

function uidsByNode(sim: Sim): Map<string, Set<string>> {
  const records = table(sim);
  let nodes = byNode.get(records);
  if (!nodes) {
    nodes = new Map();
    byNode.set(records, nodes);
    for (const { node, uid } of records.values()) uidsOn(nodes, node).add(uid);
  }
  return nodes;
}

function uidsOn(nodes: Map<string, Set<string>>, node: string): Set<string> {
  let uids = nodes.get(node);
  if (!uids) {
    uids = new Set();
    nodes.set(node, uids);
  }
  return uids;
}

/** The records of one node's pods, oldest first. */
export const recordsOn = (sim: Sim, node: string): PodRecord[] =>
  [...(uidsByNode(sim).get(node) ?? [])].flatMap((uid) => table(sim).get(uid) ?? []);

/** Changes the record of a pod. `edit` must not call anything that changes the same record. */
export function editRecord(sim: Sim, uid: string, edit: (draft: PodRecord) => void): PodRecord | undefined {
  const old = table(sim).get(uid);
  if (!old) return undefined;
  const { gone, static: own, ...rest } = old;
  const draft = clone(rest) as PodRecord;
  if (gone) draft.gone = gone;
  if (own) draft.static = own;
  edit(draft);
  table(sim).set(uid, draft);
  return draft;
}

export function editContainer(sim: Sim, uid: string, container: string, edit: (draft: ContainerRecord) => void): void {
  editRecord(sim, uid, (draft) => {
    draft.containers[container] ??= { started: false, ready: false, probes: {} };
    edit(draft.containers[container]!);
  });
}

export function createRecord(sim: Sim, pod: Pod, isStatic = false): void {
  const containers: PodRecord["containers"] = {};
  for (const { name } of [...(pod.spec.initContainers ?? []), ...pod.spec.containers]) {
    containers[name] = { started: false, ready: false, probes: {} };
  }
  uidsOn(uidsByNode(sim), pod.spec.nodeName!).add(pod.metadata.uid);
  table(sim).set(pod.metadata.uid, {
    uid: pod.metadata.uid,
    namespace: pod.metadata.namespace!,
    name: pod.metadata.name,
    node: pod.spec.nodeName!,
    startTimeMs: sim.kernel.nowMs,
    sandbox: false,
    sandboxes: 0,
    mounted: false,
    mountTries: 0,
    busy: false,
    tasks: [],
    dirty: false,
    made: false,
    failed: false,
    ...(isStatic && { static: pod }),
    containers,
  });
}

export function dropRecord(sim: Sim, uid: string): void {
  const record = table(sim).get(uid);
  if (record) uidsByNode(sim).get(record.node)?.delete(uid);
  table(sim).delete(uid);
}

/** The pod that a record is about: as the API has it, as its file has it, or as it was when it vanished. */
export function podOf(sim: Sim, record: PodRecord): Pod | undefined {
  if (record.gone) return record.gone;
  if (record.static) return record.static;
  const pod = sim.store.get("pods", record.namespace, record.name) as Pod | undefined;
  return pod?.metadata.uid === record.uid ? pod : undefined;
}

export const NO_CONTAINER: ContainerRecord = Object.freeze({ started: false, ready: false, probes: {} });
