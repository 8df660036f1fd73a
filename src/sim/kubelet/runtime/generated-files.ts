import { type FileTree, fileTree } from "@/posix/files/tree";
import type { Sim } from "../../component";
import { parseRfc3339 } from "../../kernel/time";
import type { Pod } from "../../kinds/types";
import { nodeAddress } from "../ip-allocation";
import type { InstanceRow } from "./instances";

/** What `/etc/hosts` says in a pod: its own name, and what `hostAliases` adds. */
export function hostsFile(sim: Sim, row: InstanceRow, pod: Pod | undefined): string {
  const lines = pod?.spec.hostNetwork
    ? [
        "# Kubernetes-managed hosts file (host network).",
        "127.0.0.1\tlocalhost",
        `${nodeAddress(sim, row.node)}\t${row.node}`,
      ]
    : [
        "# Kubernetes-managed hosts file.",
        "127.0.0.1\tlocalhost",
        "::1\tlocalhost ip6-localhost ip6-loopback",
        "fe00::0\tip6-localnet",
        "fe00::0\tip6-mcastprefix",
        "fe00::1\tip6-allnodes",
        "fe00::2\tip6-allrouters",
        `${row.podIp}\t${hostNames(pod, row).join("\t")}`,
      ];
  const aliases = pod?.spec.hostAliases ?? [];
  if (aliases.length > 0) lines.push("", "# Entries added by HostAliases.");
  for (const alias of aliases) lines.push(`${alias.ip}\t${(alias.hostnames ?? []).join("\t")}`);
  return `${lines.join("\n")}\n`;
}

function hostNames(pod: Pod | undefined, row: InstanceRow): string[] {
  const subdomain = pod?.spec.subdomain;
  return subdomain ? [`${row.hostname}.${subdomain}.${row.namespace}.svc.cluster.local`, row.hostname] : [row.hostname];
}

/** `/etc/resolv.conf` by dnsPolicy and dnsConfig. */
export function resolvFile(sim: Sim, row: InstanceRow, pod: Pod | undefined): string {
  const dns =
    (sim.store.get("services", "kube-system", "kube-dns")?.spec?.clusterIP as string | undefined) ?? "10.96.0.10";
  const policy = pod?.spec.dnsPolicy ?? "ClusterFirst";
  const host = policy === "Default" || (policy === "ClusterFirst" && pod?.spec.hostNetwork === true);
  const servers = policy === "None" ? [] : host ? ["192.168.49.1"] : [dns];
  const searches =
    policy === "None" || host ? [] : [`${row.namespace}.svc.cluster.local`, "svc.cluster.local", "cluster.local"];
  const options = policy === "None" || host ? [] : ["ndots:5"];
  const own = pod?.spec.dnsConfig;
  servers.push(...(own?.nameservers ?? []));
  searches.push(...(own?.searches ?? []));
  for (const { name, value } of own?.options ?? []) {
    const text = value === undefined ? String(name) : `${name}:${value}`;
    const same = options.findIndex((option) => option.split(":")[0] === name);
    if (same >= 0) options[same] = text;
    else options.push(text);
  }
  const lines = [
    ...(searches.length > 0 ? [`search ${searches.join(" ")}`] : []),
    ...servers.map((server) => `nameserver ${server}`),
    ...(options.length > 0 ? [`options ${options.join(" ")}`] : []),
  ];
  return `${lines.join("\n")}\n`;
}

/** What of /proc scripts read: the main process, the machine. */
export function procTree(sim: Sim, row: InstanceRow): FileTree {
  const node = sim.store.get("nodes", undefined, row.node);
  const cpus = Number.parseInt(String(node?.status?.capacity?.cpu ?? "2"), 10) || 2;
  const bootMs = parseRfc3339(String(node?.metadata.creationTimestamp ?? "")) ?? row.startedMs;
  const argv = row.argv.length > 0 ? row.argv : ["pause"];
  const memoryKb = row.memoryLimitBytes ? Math.floor(row.memoryLimitBytes / 1024) : 8_142_380;
  return fileTree({
    "/1/cmdline": `${argv.join("\0")}\0`,
    "/1/comm": `${argv[0]!.slice(argv[0]!.lastIndexOf("/") + 1).slice(0, 15)}\n`,
    "/1/environ": `${Object.entries(row.env)
      .map(([name, value]) => `${name}=${value}`)
      .join("\0")}\0`,
    "/1/fd/0": { device: "null" },
    "/1/fd/1": { device: "stdout" },
    "/1/fd/2": { device: "stderr" },
    "/cpuinfo": Array.from(
      { length: cpus },
      (_, index) => `processor\t: ${index}\nmodel name\t: Podium Virtual CPU\n\n`,
    ).join(""),
    "/meminfo": `MemTotal:       ${memoryKb} kB\nMemFree:        ${Math.max(0, memoryKb - Math.floor(row.memoryBytes / 1024))} kB\n`,
    "/mounts": [
      "overlay / overlay rw,relatime 0 0",
      ...row.mounts.map((mount) => `tmpfs ${mount.path} tmpfs ${mount.readOnly ? "ro" : "rw"},relatime 0 0`),
    ]
      .join("\n")
      .concat("\n"),
    "/uptime": `${((sim.kernel.nowMs - bootMs) / 1000).toFixed(2)} ${((sim.kernel.nowMs - bootMs) / 1000).toFixed(2)}\n`,
    "/version": "Linux version 6.8.0-1021 (podium) #1 SMP\n",
    "/self": { target: "1" },
  });
}
