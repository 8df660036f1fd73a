import { basename } from "@/posix/files/path";
import { klog } from "../../machines/klog";
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

const DAEMONS: Daemon[] = [
  { name: "pause", memoryMiB: 0.5, cpuMillicores: 0 },
  {
    name: "kube-proxy",
    memoryMiB: 16,
    cpuMillicores: 1,
    ports: [{ port: 10_256 }, { port: 10_249, address: "127.0.0.1" }],
    health: { 10256: { "/healthz": "{}", "/livez": "{}" }, 10249: { "/proxyMode": "iptables", "/healthz": "ok" } },
    stream: "stderr",
    lines: (context) => [
      klog(context.nowMs, "I", 1, "server_linux.go:63", '"Using iptables proxy"'),
      klog(context.nowMs, "I", 1, "server.go:527", '"Version info" version="v1.33.4"'),
      klog(context.nowMs, "I", 1, "shared_informer.go:357", '"Caches are synced" controller="service config"'),
    ],
  },
  { name: "flannel", memoryMiB: 14, cpuMillicores: 4, stream: "stderr" },
  { name: "kindnet", memoryMiB: 12, cpuMillicores: 2, stream: "stderr" },
  {
    name: "metrics-server",
    memoryMiB: 22,
    cpuMillicores: 4,
    ports: [{ port: 4443 }],
    health: { 0: { "/livez": "ok", "/readyz": "ok", "/apis/metrics.k8s.io/v1beta1": "{}" } },
    tls: true,
    stream: "stderr",
    lines: (context) => [
      klog(
        context.nowMs,
        "I",
        1,
        "serving.go:380",
        "Generated self-signed cert (/tmp/apiserver.crt, /tmp/apiserver.key)",
      ),
      klog(context.nowMs, "I", 1, "secure_serving.go:211", '"Serving securely on [::]:4443"'),
    ],
  },
  { name: "storage-provisioner", memoryMiB: 9, cpuMillicores: 1, stream: "stderr" },
];

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
        listen: definition.ports ?? [],
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
