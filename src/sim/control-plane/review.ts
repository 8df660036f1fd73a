import { StatusError } from "../apiserver/status";
import type { Component, Sim } from "../component";
import { isDown, markDown, markUp } from "../faults";
import { ELECTED, leaders } from "../heartbeats/leaders";
import { LEASES } from "../heartbeats/names";
import { acquireLease, renewApiServerLease } from "../heartbeats/write";
import { KUBELET, type PodRecord, recordsOn } from "../kubelet/records";
import { programContext } from "../kubelet/runtime/context";
import { applyStep, programOf } from "../kubelet/runtime/execution";
import { type InstanceRow, readInstance } from "../kubelet/runtime/instances";
import { API_PORT } from "../machines/control-plane-manifests";
import { complainOfServer } from "../machines/services";

export const CONTROL_PLANE = "control-plane";
/** leaseDuration of leader election: how long others wait for a leader that is silent. */
const LEASE_MS = 15_000;
/** What depends on what is three steps deep; a few more rounds do no harm. */
const ROUNDS_LIMIT = 6;
/** Keys of timers that write Leases. */
const LEASE = "lease/";
/** retryPeriod of leader election. */
const LEASE_RETRY_MS = 2_000;

/** Components that have worked once: until then a cluster is being made, and nobody waits for them. */
const seen = (sim: Sim) => sim.kernel.table<true>("control-plane.seen");

/**
 * Looks which of the control plane's components work, whenever one of their containers has started or ended. What does
 * not work is marked absent, and whoever depends on it stops until it comes back.
 */
export const controlPlane: Component = {
  name: CONTROL_PLANE,
  onTimer(sim, { key }) {
    if (key.startsWith(LEASE)) writeLease(sim, key.slice(LEASE.length));
    else review(sim);
  },
  onChange(sim, { type, resource, object: { metadata } }) {
    if (type !== "DELETED" || resource !== LEASES || metadata.namespace !== "kube-system") return;
    const component = [...ELECTED].find((one) => one === metadata.name) ?? "kube-apiserver";
    sim.kernel.schedule(LEASE_RETRY_MS, CONTROL_PLANE, `${LEASE}${component}`);
  },
};

/** What others read of who works: as soon as the API takes it. */
function writeLease(sim: Sim, component: string): void {
  try {
    if (component !== "kube-apiserver") acquireLease(sim, component);
    else for (const row of running(sim, component)) if (serves(row)) renewApiServerLease(sim, row.node, processId(row));
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    sim.kernel.schedule(LEASE_RETRY_MS, CONTROL_PLANE, `${LEASE}${component}`);
  }
}

function review(sim: Sim): void {
  const rows = (component: string) => running(sim, component);
  for (let round = 0; round < ROUNDS_LIMIT; round++) if (!settle(sim)) break;
  note(sim, "kube-apiserver", rows("kube-apiserver").some(serves));
  note(
    sim,
    "etcd",
    !rows("kube-apiserver").some(serves) ||
      rows("kube-apiserver").some((row) => serves(row) && (row.programState as any).storage),
  );
  for (const component of ELECTED) note(sim, component, elect(sim, component, rows(component)));
}

const serves = (row: InstanceRow): boolean => row.listeners.some(({ port }) => port === API_PORT);

/** The component's containers that run, by node in the order of the nodes. */
function running(sim: Sim, component: string): InstanceRow[] {
  return sim.options.nodes.flatMap(({ name, role }) => {
    if (role !== "control-plane" || isDown(sim, "node", name)) return [];
    return recordsOn(sim, name).flatMap((record) => instanceOf(sim, record, component) ?? []);
  });
}

function instanceOf(sim: Sim, record: PodRecord, component: string): InstanceRow | undefined {
  if (!record.static) return undefined;
  for (const container of Object.keys(record.containers)) {
    const row = readInstance(sim, { podUid: record.uid, container });
    if (row?.state === "running" && row.program === component) return row;
  }
  return undefined;
}

/** Has each program look around once. True where that changed something. */
function settle(sim: Sim): boolean {
  const members = sim.options.nodes.filter(({ role }) => role === "control-plane").length;
  const etcds = running(sim, "etcd");
  const quorum = etcds.length * 2 > members;
  let changed = false;
  for (const row of etcds) changed = applyStep(sim, row, { state: { quorum } }) || changed;
  for (const component of ["kube-apiserver", ...ELECTED]) {
    for (const row of running(sim, component)) {
      const step = programOf(row)?.onTimer?.(row.programState, "review", programContext(sim, row));
      if (step) changed = applyStep(sim, row, step) || changed;
    }
  }
  return changed;
}

/** Whether the component has a leader that works. Another candidate takes over when the lease of a silent one is out. */
function elect(sim: Sim, component: string, rows: readonly InstanceRow[]): boolean {
  const candidates = rows.filter((row) => (row.programState as any).working);
  const leader = leaders(sim).get(component);
  const { nowMs } = sim.kernel;
  const identity = (row: InstanceRow) => `${row.node}_${processId(row)}`;
  if (leader && candidates.some((row) => identity(row) === leader.identity)) return true;
  const next = candidates[0];
  if (!next) return false;
  if (leader && leader.node !== next.node) {
    const silent = sim.kernel.table<number>("control-plane.silent");
    const since = silent.get(component) ?? nowMs;
    if (since + LEASE_MS > nowMs) {
      silent.set(component, since);
      sim.kernel.schedule(since + LEASE_MS - nowMs, CONTROL_PLANE, "review");
      return false;
    }
    silent.delete(component);
  }
  leaders(sim).set(component, {
    node: next.node,
    identity: identity(next),
    acquiredMs: nowMs,
    transitions: (leader?.transitions ?? 0) + (leader ? 1 : 0),
  });
  sim.kernel.schedule(0, CONTROL_PLANE, `${LEASE}${component}`);
  return true;
}

/** The random UUID (version 4) that a process draws when it starts. */
const processId = ({ id }: InstanceRow): string =>
  `${id.slice(0, 8)}-${id.slice(8, 12)}-4${id.slice(13, 16)}-a${id.slice(17, 20)}-${id.slice(20, 32)}`;

function note(sim: Sim, component: string, works: boolean): void {
  if (works && component === "kube-apiserver" && (!seen(sim).has(component) || isDown(sim, "absent", component)))
    sim.kernel.schedule(0, CONTROL_PLANE, `${LEASE}${component}`);
  if (works) seen(sim).set(component, true);
  else if (!seen(sim).has(component)) return;
  if (works === !isDown(sim, "absent", component)) return;
  if (!works) {
    markDown(sim, "absent", component);
    if (component === "kube-apiserver") for (const { name } of sim.options.nodes) complainOfServer(sim, name);
    return;
  }
  markUp(sim, "absent", component);
  if (component === "kube-apiserver" || component === "etcd") comeBack(sim);
  else sim.kernel.schedule(0, component, "resume");
}

/** The API answers again: whoever reads and writes through it begins where it had to stop. */
function comeBack(sim: Sim): void {
  for (const component of ELECTED) sim.kernel.schedule(0, component, "resume");
  for (const { name } of sim.options.nodes) {
    sim.kernel.schedule(0, KUBELET, `api-up/${name}`);
    sim.kernel.schedule(0, KUBELET, `manifests/${name}`);
    sim.kernel.schedule(0, "kubelet-node-status", `api-up/${name}`);
  }
}
