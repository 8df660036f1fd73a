import type { Sim } from "../component";
import { isDown, markDown, markUp } from "../faults";
import { machineFiles } from "./files";
import { writeJournal } from "./journal";
import { klog } from "./klog";
import { type KubeletProblem, startKubelet, unitLines } from "./kubelet-unit";
import { apiServerUrls } from "./reach";
import { apiServerUrl } from "./tree";
import { keepSettings, kubeletSettings, nextArgv, nextPid, readUnit, type UnitName, writeUnit } from "./units";

/** RestartSec of kubelet.service. */
export const RESTART_MS = 10_000;
/** How long the runtime may be silent until the kubelet says that its node is not ready. */
const RUNTIME_TIMEOUT_MS = 30_000;
const KUBELET_TITLE = "kubelet: The Kubernetes Node Agent";
const TITLES: Record<UnitName, string> = { kubelet: KUBELET_TITLE, containerd: "containerd container runtime" };

const systemd = (sim: Sim, node: string, unit: UnitName, text: string) =>
  writeJournal(sim, node, { unit, program: "systemd", pid: 1, text });

/** `systemctl start`: nothing where it runs already. */
export function startUnit(sim: Sim, node: string, unit: UnitName): void {
  const known = readUnit(sim, node, unit);
  if (known.state === "active" || isDown(sim, "node", node)) return;
  if (unit === "kubelet") attemptKubelet(sim, node);
  else {
    const pid = nextPid(sim, node);
    systemd(sim, node, unit, `Started containerd.service - ${TITLES.containerd}.`);
    writeUnit(sim, node, unit, { ...known, state: "active", sinceMs: sim.kernel.nowMs, pid });
    markUp(sim, "runtime", node);
    sim.kernel.schedule(0, "kubelet", `node-power/${node}`);
    sim.kernel.schedule(0, "kubelet-node-status", node);
  }
}

/** `systemctl stop`: containers go on without their kubelet, and without their runtime's daemon too. */
export function stopUnit(sim: Sim, node: string, unit: UnitName): void {
  const known = readUnit(sim, node, unit);
  if (known.state === "inactive") return;
  const ended = { atMs: sim.kernel.nowMs, code: "exited, status=0/SUCCESS", pid: known.pid };
  systemd(sim, node, unit, `Stopping ${unit}.service - ${TITLES[unit]}...`);
  systemd(sim, node, unit, `${unit}.service: Deactivated successfully.`);
  systemd(sim, node, unit, `Stopped ${unit}.service - ${TITLES[unit]}.`);
  writeUnit(sim, node, unit, { ...known, state: "inactive", sinceMs: sim.kernel.nowMs, ended });
  if (unit === "kubelet") silence(sim, node);
  else {
    markDown(sim, "runtime", node);
    sim.kernel.schedule(RUNTIME_TIMEOUT_MS, "kubelet-node-status", `runtime/${node}`);
  }
}

/** `systemctl enable` and `disable`: whether it starts with the machine. */
export function enableUnit(sim: Sim, node: string, unit: UnitName, enabled: boolean): void {
  writeUnit(sim, node, unit, { ...readUnit(sim, node, unit), enabled });
}

/** `systemctl daemon-reload`: systemd reads the unit files anew. What runs goes on with its old command line. */
export function reloadUnits(sim: Sim, node: string): void {
  writeUnit(sim, node, "kubelet", { ...readUnit(sim, node, "kubelet"), lines: unitLines(machineFiles(sim, node)) });
}

/** The machine has been switched on: systemd reads its units and starts those that are enabled. */
export function machineBooted(sim: Sim, node: string): void {
  reloadUnits(sim, node);
  for (const unit of ["containerd", "kubelet"] as const) {
    const known = readUnit(sim, node, unit);
    writeUnit(sim, node, unit, { ...known, state: "inactive", sinceMs: sim.kernel.nowMs });
    if (known.enabled) startUnit(sim, node, unit);
    else if (unit === "kubelet") markDown(sim, "kubelet", node);
  }
}

/** The kubelet's process starts, and ends at once where it cannot work with what it finds. systemd tries for ever. */
export function attemptKubelet(sim: Sim, node: string): void {
  const known = readUnit(sim, node, "kubelet");
  const argv = nextArgv(sim, node);
  const outcome = startKubelet(machineFiles(sim, node), argv, !isDown(sim, "runtime", node));
  const pid = nextPid(sim, node);
  const { nowMs } = sim.kernel;
  if (!("staticPodPath" in outcome)) {
    failed(sim, node, outcome, pid);
    const code = "notFound" in outcome ? "exited, status=203/EXEC" : "exited, status=1/FAILURE";
    const ended = { atMs: nowMs, code, pid };
    writeUnit(sim, node, "kubelet", {
      ...known,
      argv,
      state: "activating",
      sinceMs: nowMs,
      restarts: known.restarts + 1,
      ended,
    });
    silence(sim, node);
    return;
  }
  keepSettings(sim, node, outcome);
  writeUnit(sim, node, "kubelet", { ...known, argv, state: "active", sinceMs: nowMs, pid });
  systemd(sim, node, "kubelet", `Started kubelet.service - ${KUBELET_TITLE}.`);
  const say = (source: string, text: string) =>
    writeJournal(sim, node, { unit: "kubelet", program: "kubelet", pid, text: klog(nowMs, "I", pid, source, text) });
  say("server.go:530", `"Kubelet version" kubeletVersion="v${sim.options.version}"`);
  say("server.go:532", '"Golang settings" GOGC="" GOMAXPROCS="" GOTRACEBACK=""');
  say("kubelet.go:436", `"Adding static pod path" path="${outcome.staticPodPath}"`);
  say("kubelet.go:446", '"Adding apiserver pod source"');
  markUp(sim, "kubelet", node);
  reviewReach(sim, node);
  sim.kernel.schedule(0, "kubelet-node-status", node);
  sim.kernel.schedule(0, "kubelet", `node-power/${node}`);
  sim.kernel.schedule(0, "node-lifecycle-controller", node);
}

function failed(sim: Sim, node: string, problem: KubeletProblem, pid: number): void {
  if ("notFound" in problem) {
    const program = problem.notFound;
    const text = `kubelet.service: Failed to locate executable ${program}: No such file or directory`;
    writeJournal(sim, node, { unit: "kubelet", program: "(kubelet)", pid, text });
    systemd(sim, node, "kubelet", "kubelet.service: Main process exited, code=exited, status=203/EXEC");
  } else {
    systemd(sim, node, "kubelet", `Started kubelet.service - ${KUBELET_TITLE}.`);
    const line = klog(
      sim.kernel.nowMs,
      "E",
      pid,
      "run.go:72",
      `"command failed" err="${problem.error.replaceAll('"', '\\"')}"`,
    );
    writeJournal(sim, node, { unit: "kubelet", program: "kubelet", pid, text: line });
    systemd(sim, node, "kubelet", "kubelet.service: Main process exited, code=exited, status=1/FAILURE");
  }
  systemd(sim, node, "kubelet", "kubelet.service: Failed with result 'exit-code'.");
}

function silence(sim: Sim, node: string): void {
  markDown(sim, "kubelet", node);
  sim.kernel.schedule(0, "node-lifecycle-controller", node);
}

/** Whether the node's kubelet reaches the API server by the address that it was given. */
export function reviewReach(sim: Sim, node: string): void {
  const server = kubeletSettings(sim, node)?.server ?? apiServerUrl(sim.options);
  const lost = !apiServerUrls(sim.options).has(server.replace(/\/$/, ""));
  if (lost === isDown(sim, "cut-off", node)) return;
  if (lost) {
    markDown(sim, "cut-off", node);
    complainOfServer(sim, node, server);
  } else {
    markUp(sim, "cut-off", node);
    sim.kernel.schedule(0, "kubelet", `node-power/${node}`);
    sim.kernel.schedule(0, "kubelet-node-status", `api-up/${node}`);
  }
  sim.kernel.schedule(0, "node-lifecycle-controller", node);
}

/** What a kubelet writes when nobody answers at the API server's address. */
export function complainOfServer(
  sim: Sim,
  node: string,
  server = kubeletSettings(sim, node)?.server ?? apiServerUrl(sim.options),
): void {
  const { pid, state } = readUnit(sim, node, "kubelet");
  if (state !== "active" || isDown(sim, "node", node)) return;
  const host = server.replace(/^https?:\/\//, "").replace(/\/$/, "");
  const address = host.includes(":") ? host : `${host}:443`;
  const named = !/^\d+\.\d+\.\d+\.\d+:/.test(address) && !isKnownName(sim, address);
  const why = named
    ? `dial tcp: lookup ${address.split(":")[0]} on 192.168.49.1:53: no such host`
    : `dial tcp ${address}: connect: connection refused`;
  const say = (source: string, text: string) =>
    writeJournal(sim, node, {
      unit: "kubelet",
      program: "kubelet",
      pid,
      text: klog(sim.kernel.nowMs, "E", pid, source, text),
    });
  const lease = `${server}/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/${node}?timeout=10s`;
  say(
    "controller.go:145",
    `"Failed to ensure lease exists, will retry" err="Get \\"${lease}\\": ${why}" interval="7s"`,
  );
  say(
    "kubelet_node_status.go:548",
    `"Error updating node status, will retry" err="error getting node \\"${node}\\": Get \\"${server}/api/v1/nodes/${node}?resourceVersion=0&timeout=10s\\": ${why}"`,
  );
}

const isKnownName = (sim: Sim, address: string): boolean =>
  sim.options.nodes.some(({ name }) => address.startsWith(`${name}:`)) || address.startsWith("localhost:");
