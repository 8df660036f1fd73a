import type { Sim } from "../component";
import { rfc3339 } from "../kernel/time";
import { type JournalLine, journalOf } from "./journal";
import { klog } from "./klog";
import { RESTART_MS } from "./services";
import { bootedMs, readUnit, type UnitName } from "./units";

/** Failed starts that are told of: systemd tries for ever. */
const ATTEMPTS_SHOWN = 5;

/** A machine's whole journal of one service: how it came up, what has been kept since, and starts that fail again and again. */
export function serviceJournal(sim: Sim, node: string, unit: UnitName): JournalLine[] {
  const kept = journalOf(sim, node).filter((line) => line.unit === unit);
  return [...bootLines(sim, node, unit), ...kept, ...(unit === "kubelet" ? failedStarts(sim, node, kept) : [])];
}

function bootLines(sim: Sim, node: string, unit: UnitName): JournalLine[] {
  const atMs = bootedMs(sim, node);
  const started = (title: string): JournalLine => ({
    atMs,
    unit,
    program: "systemd",
    pid: 1,
    text: `Started ${unit}.service - ${title}.`,
  });
  if (unit === "containerd") {
    const text = `time="${rfc3339(atMs)}" level=info msg="containerd successfully booted in 0.043317s"`;
    return [{ atMs, unit, program: "containerd", pid: 618, text }, started("containerd container runtime")];
  }
  const line = (source: string, text: string): JournalLine => ({
    atMs,
    unit,
    program: "kubelet",
    pid: 1432,
    text: klog(atMs, "I", 1432, source, text),
  });
  return [
    started("kubelet: The Kubernetes Node Agent"),
    line("server.go:530", `"Kubelet version" kubeletVersion="v${sim.options.version}"`),
    line("kubelet.go:436", '"Adding static pod path" path="/etc/kubernetes/manifests"'),
    line("kubelet.go:446", '"Adding apiserver pod source"'),
    line(
      "kuberuntime_manager.go:279",
      '"Container runtime initialized" containerRuntime="containerd" version="1.7.27" apiVersion="v1"',
    ),
    line("kubelet_node_status.go:75", `"Attempting to register node" node="${node}"`),
    line("kubelet_node_status.go:78", `"Successfully registered node" node="${node}"`),
    line("kubelet.go:2375", '"Starting kubelet main sync loop"'),
  ];
}

/** Starts since the last one that was made in earnest: they end as that one did. */
function failedStarts(sim: Sim, node: string, kept: readonly JournalLine[]): JournalLine[] {
  const unit = readUnit(sim, node, "kubelet");
  if (unit.state !== "activating") return [];
  const last = kept.filter(({ atMs }) => atMs === unit.sinceMs);
  const made = Math.floor((sim.kernel.nowMs - unit.sinceMs) / RESTART_MS);
  const lines: JournalLine[] = [];
  for (let attempt = Math.max(1, made - ATTEMPTS_SHOWN + 1); attempt <= made; attempt++) {
    const atMs = unit.sinceMs + attempt * RESTART_MS;
    const counter = unit.restarts + attempt - 1;
    lines.push({
      atMs,
      unit: "kubelet",
      program: "systemd",
      pid: 1,
      text: `kubelet.service: Scheduled restart job, restart counter is at ${counter}.`,
    });
    for (const line of last) {
      const pid = line.pid === 1 ? 1 : line.pid + attempt * 31;
      const text = line.text.replace(/^([IWEF])\d{4} \S+ +\d+ (\S+)\] /, (_, level, source) =>
        klog(atMs, level, pid, source, ""),
      );
      lines.push({ ...line, atMs, pid, text });
    }
  }
  return lines;
}
