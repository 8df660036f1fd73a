import { serviceJournal } from "@/sim/machines/boot-lines";
import { CONTAINERD_UNIT, KUBELET_DROP_IN, KUBELET_UNIT } from "@/sim/machines/tree";
import { lastArgv, needsReload, readUnit, UNITS, type UnitName } from "@/sim/machines/units";
import type { Tool, ToolContext } from "../tool";
import type { NodeAccess } from "./access";
import { lineText } from "./journalctl";
import { systemdAgo, systemdTime } from "./time";

const CHANGES = ["start", "stop", "restart", "enable", "disable"] as const;
type Change = (typeof CHANGES)[number];
const STATUS_LINES = 10;
const TITLES: Record<UnitName, string> = {
  kubelet: "kubelet: The Kubernetes Node Agent",
  containerd: "containerd container runtime",
};
const WANTS = "/etc/systemd/system/multi-user.target.wants";

/** systemctl for the services that a node of Kubernetes lives by. */
export const systemctl: Tool = {
  name: "systemctl",
  async run(context) {
    const { node } = context;
    const words = context.argv.slice(1).filter((word) => !word.startsWith("-"));
    const now = context.argv.includes("--now");
    const [verb, ...names] = words;
    if (!node) {
      await context.stderr.write(
        "System has not been booted with systemd as init system (PID 1). Can't operate.\nFailed to connect to bus: Host is down\n",
      );
      return 1;
    }
    if (verb === "daemon-reload") {
      node.change({ op: "daemon-reload" });
      return 0;
    }
    if (verb === undefined || verb === "list-units") return listUnits(context, node);
    if (names.length === 0) {
      await context.stderr.write("Too few arguments.\n");
      return 1;
    }
    let code = 0;
    for (const name of names) code = (await one(context, node, verb, name.replace(/\.service$/, ""), now)) || code;
    return code;
  },
  complete: ({ words }) => {
    if (words.length === 2)
      return [...CHANGES, "status", "daemon-reload", "is-active", "is-enabled", "cat"].map((value) => ({ value }));
    return UNITS.map((value) => ({ value }));
  },
};

async function one(context: ToolContext, node: NodeAccess, verb: string, name: string, now: boolean): Promise<number> {
  if (!UNITS.includes(name as UnitName)) {
    const missing: Record<string, [string, number]> = {
      status: [`Unit ${name}.service could not be found.\n`, 4],
      "is-active": ["", 4],
      "is-enabled": [`Failed to get unit file state for ${name}.service: No such file or directory\n`, 1],
      enable: [`Failed to enable unit: Unit file ${name}.service does not exist.\n`, 1],
      disable: [`Failed to disable unit: Unit file ${name}.service does not exist.\n`, 1],
    };
    const [text, code] = missing[verb] ?? [`Failed to ${verb} ${name}.service: Unit ${name}.service not found.\n`, 5];
    if (verb === "is-active") await context.stdout.write("inactive\n");
    await context.stderr.write(text);
    return code;
  }
  const unit = name as UnitName;
  const state = () => readUnit(node.sim, node.node, unit);
  switch (verb) {
    case "status":
      return status(context, node, unit);
    case "is-active":
      await context.stdout.write(`${state().state}\n`);
      return state().state === "active" ? 0 : 3;
    case "is-enabled":
      await context.stdout.write(state().enabled ? "enabled\n" : "disabled\n");
      return state().enabled ? 0 : 1;
    case "cat":
      await context.stdout.write(cat(context, unit));
      return 0;
    case "show":
      await context.stdout.write(`Id=${unit}.service\nActiveState=${state().state}\nMainPID=${state().pid}\n`);
      return 0;
  }
  if (!CHANGES.includes(verb as Change)) {
    await context.stderr.write(`Unknown command verb ${verb}.\n`);
    return 1;
  }
  if (unit === "kubelet" && (verb === "start" || verb === "restart") && needsReload(node.sim, node.node))
    await context.stderr.write(
      "Warning: The unit file, source configuration file or drop-ins of kubelet.service changed on disk. Run 'systemctl daemon-reload' to reload units.\n",
    );
  const enabled = state().enabled;
  node.change({ op: "unit", action: verb as Change, unit });
  if (verb === "enable" && !enabled)
    await context.stderr.write(`Created symlink ${WANTS}/${unit}.service → /usr/lib/systemd/system/${unit}.service.\n`);
  if (verb === "disable" && enabled) await context.stderr.write(`Removed "${WANTS}/${unit}.service".\n`);
  if (now && verb === "enable") node.change({ op: "unit", action: "start", unit });
  if (now && verb === "disable") node.change({ op: "unit", action: "stop", unit });
  await context.sleep(120);
  return 0;
}

async function listUnits(context: ToolContext, node: NodeAccess): Promise<number> {
  const rows = [...UNITS].sort().map((unit) => {
    const { state } = readUnit(node.sim, node.node, unit);
    const sub = state === "active" ? "running" : state === "inactive" ? "dead" : "auto-restart";
    return `  ${`${unit}.service`.padEnd(20)} loaded ${state} ${sub} ${TITLES[unit]}\n`;
  });
  await context.stdout.write(`  UNIT                 LOAD   ACTIVE SUB     DESCRIPTION\n${rows.join("")}`);
  return 0;
}

function cat(context: ToolContext, unit: UnitName): string {
  const paths = unit === "kubelet" ? [KUBELET_UNIT, KUBELET_DROP_IN] : [CONTAINERD_UNIT];
  return paths.map((path) => (context.files.stat(path) ? `# ${path}\n${context.files.readFile(path)}` : "")).join("\n");
}

async function status(context: ToolContext, access: NodeAccess, name: UnitName): Promise<number> {
  const { sim, node } = access;
  const unit = readUnit(sim, node, name);
  const path = name === "kubelet" ? KUBELET_UNIT : CONTAINERD_UNIT;
  const command = name === "kubelet" ? lastArgv(sim, node).join(" ") : "/usr/bin/containerd";
  const since = `since ${systemdTime(unit.sinceMs)}; ${systemdAgo(sim.kernel.nowMs - unit.sinceMs)}`;
  const active = {
    active: "active (running)",
    inactive: "inactive (dead)",
    activating: "activating (auto-restart) (Result: exit-code)",
  }[unit.state];
  const lines = [
    `${unit.state === "inactive" ? "○" : "●"} ${name}.service - ${TITLES[name]}`,
    `     Loaded: loaded (${path}; ${unit.enabled ? "enabled" : "disabled"}; preset: enabled)`,
  ];
  if (name === "kubelet")
    lines.push("    Drop-In: /usr/lib/systemd/system/kubelet.service.d", "             └─10-kubeadm.conf");
  lines.push(`     Active: ${active} ${since}`);
  lines.push(`       Docs: ${name === "kubelet" ? "https://kubernetes.io/docs/" : "https://containerd.io"}`);
  if (unit.ended && unit.state !== "active") {
    lines.push(`    Process: ${unit.ended.pid} ExecStart=${command} (code=${unit.ended.code})`);
    lines.push(`   Main PID: ${unit.ended.pid} (code=${unit.ended.code})`);
  }
  if (unit.state === "active") {
    lines.push(`   Main PID: ${unit.pid} (${name})`);
    lines.push(`     CGroup: /system.slice/${name}.service`, `             └─${unit.pid} ${command}`);
  }
  const journal = serviceJournal(sim, node, name).slice(-STATUS_LINES);
  const tail = journal.map((line) => lineText(node, line));
  await context.stdout.write(`${[...lines, ...(tail.length > 0 ? ["", ...tail] : [])].join("\n")}\n`);
  return unit.state === "active" ? 0 : 3;
}
