import { basename } from "@/posix/files/path";
import { civil } from "../../kernel/time";
import type { Listener, Program, ProgramContext } from "../program";

/** Programs that run, take memory, write a few lines and otherwise do what other parts of the simulation do for them. */

interface Daemon {
  name: string;
  memoryMiB: number;
  cpuMillicores: number;
  ports?: Listener[];
  lines?: (context: ProgramContext) => string[];
  /** Health pages by port (0: any): path -> body. */
  health?: Record<number, Record<string, string>>;
  tls?: boolean;
  stream?: "stdout" | "stderr";
}

const pad = (value: number, width = 2) => String(value).padStart(width, "0");

/** `I0105 09:00:00.000000       1 server.go:1] …`: klog. */
function klog(context: ProgramContext, source: string, text: string): string {
  const t = civil(context.nowMs);
  const clock = `${pad(t.hour)}:${pad(t.minute)}:${pad(t.second)}.${pad(t.millisecond, 3)}000`;
  return `I${pad(t.month)}${pad(t.day)} ${clock}       1 ${source}] ${text}`;
}

const klogged = (name: string, source: string) => (context: ProgramContext) => [
  klog(context, source, `"Starting ${name}"`),
  klog(context, source, `"Golang settings" GOGC="" GOMAXPROCS="" GOTRACEBACK=""`),
];

const DAEMONS: Daemon[] = [
  { name: "pause", memoryMiB: 0.5, cpuMillicores: 0 },
  {
    name: "etcd",
    memoryMiB: 38,
    cpuMillicores: 20,
    ports: [{ port: 2379 }, { port: 2380 }, { port: 2381 }],
    health: { 2381: { "/health": '{"health":"true","reason":""}', "/livez": "ok", "/readyz": "ok" } },
    stream: "stderr",
    lines: () => [
      '{"level":"info","msg":"Running: ","args":["etcd"]}',
      '{"level":"info","msg":"ready to serve client requests"}',
      '{"level":"info","msg":"serving client traffic securely","address":"0.0.0.0:2379"}',
    ],
  },
  {
    name: "kube-apiserver",
    memoryMiB: 240,
    cpuMillicores: 45,
    ports: [{ port: 6443 }],
    health: { 0: { "/healthz": "ok", "/livez": "ok", "/readyz": "ok" } },
    tls: true,
    stream: "stderr",
    lines: klogged("kube-apiserver", "options.go:249"),
  },
  {
    name: "kube-controller-manager",
    memoryMiB: 48,
    cpuMillicores: 15,
    ports: [{ port: 10_257, address: "127.0.0.1" }],
    health: { 10257: { "/healthz": "ok" } },
    tls: true,
    stream: "stderr",
    lines: klogged("kube-controller-manager", "controllermanager.go:186"),
  },
  {
    name: "kube-scheduler",
    memoryMiB: 20,
    cpuMillicores: 5,
    ports: [{ port: 10_259, address: "127.0.0.1" }],
    health: { 10259: { "/healthz": "ok", "/livez": "ok", "/readyz": "ok" } },
    tls: true,
    stream: "stderr",
    lines: klogged("kube-scheduler", "server.go:166"),
  },
  {
    name: "kube-proxy",
    memoryMiB: 16,
    cpuMillicores: 1,
    ports: [{ port: 10_256 }, { port: 10_249, address: "127.0.0.1" }],
    health: { 10256: { "/healthz": "{}", "/livez": "{}" }, 10249: { "/proxyMode": "iptables", "/healthz": "ok" } },
    stream: "stderr",
    lines: (context) => [
      klog(context, "server_linux.go:63", '"Using iptables proxy"'),
      klog(context, "server.go:527", '"Version info" version="v1.33.4"'),
      klog(context, "shared_informer.go:357", '"Caches are synced" controller="service config"'),
    ],
  },
  { name: "flannel", memoryMiB: 14, cpuMillicores: 4, stream: "stderr" },
  { name: "kindnet", memoryMiB: 12, cpuMillicores: 2, stream: "stderr" },
  { name: "storage-provisioner", memoryMiB: 9, cpuMillicores: 1, stream: "stderr" },
];

/** `--secure-port=8443` moves a server to another port. */
function portsOf(definition: Daemon, argv: readonly string[]): Listener[] {
  const ports = definition.ports ?? [];
  const moved = argv.find((word) => word.startsWith("--secure-port="))?.split("=")[1];
  const [first, ...rest] = ports;
  return first && moved !== undefined ? [{ ...first, port: Number(moved) }, ...rest] : ports;
}

function daemon(definition: Daemon): Program<null> {
  const { name, memoryMiB, cpuMillicores } = definition;
  return {
    name,
    start(context) {
      const lines = definition.lines?.(context).map((line) => `${line}\n`) ?? [];
      return {
        state: null,
        memoryBytes: Math.round(memoryMiB * 1_048_576),
        cpuMillicores,
        listen: portsOf(definition, context.argv),
        ...(lines.length > 0 && { [definition.stream ?? "stdout"]: lines.join("") }),
      };
    },
    onRequest(state, request) {
      const pages = definition.health?.[request.port] ?? definition.health?.[0];
      const tls = definition.tls && request.tls ? { tls: { chainPem: "" } } : {};
      if (!pages || !request.http || (request.tls !== undefined) !== (definition.tls === true))
        return { state, response: { ...tls } };
      const path = request.http.path.replace(/\?.*$/, "");
      const body = pages[path] ?? "404 page not found\n";
      const http = {
        status: path in pages ? 200 : 404,
        headers: [
          ["Content-Type", "text/plain; charset=utf-8"],
          ["Content-Length", String(body.length)],
        ] as [string, string][],
        body,
      };
      return { state, response: { ...tls, http } };
    },
    onSignal(state, signal) {
      const codes: Record<string, number> = { SIGKILL: 137, SIGINT: name === "pause" ? 0 : 130, SIGHUP: 129 };
      if (signal === "SIGTERM") return { state, exit: name === "pause" ? 0 : 143 };
      return codes[signal] === undefined ? { state } : { state, exit: codes[signal] };
    },
  };
}

export const daemons: Record<string, Program> = Object.fromEntries(
  DAEMONS.map((definition) => [basename(definition.name), daemon(definition)]),
);
