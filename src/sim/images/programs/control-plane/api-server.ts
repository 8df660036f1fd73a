import { klog } from "../../../machines/klog";
import type { Effects, Program, ProgramContext } from "../../program";
import { API_SERVER_FLAGS, flagError, hasFile, parseFlags } from "./flags";
import { healthAnswer } from "./health";

interface ApiServerState {
  phase: "connecting" | "serving";
  /** Whether its store answers. */
  storage: boolean;
}

const MEMORY_BYTES = 240 * 1024 * 1024;
/** How long it waits for etcd before it gives up. */
const STORAGE_DEADLINE_MS = 20_000;
const DEFAULT_PORT = 6443;

/** Files without which it does not start, with the words around the missing one's name. */
const FILES: [flag: string, about: string][] = [
  ["client-ca-file", ""],
  ["tls-cert-file", ""],
  ["tls-private-key-file", ""],
  ["service-account-key-file", "error reading public key file "],
  ["service-account-signing-key-file", "failed to parse service-account-issuer-key-file: "],
  ["requestheader-client-ca-file", ""],
  ["proxy-client-cert-file", ""],
  ["proxy-client-key-file", ""],
  ["kubelet-client-certificate", ""],
  ["kubelet-client-key", ""],
  ["etcd-cafile", ""],
  ["etcd-certfile", ""],
  ["etcd-keyfile", ""],
  ["audit-policy-file", "loading audit policy file: failed to read file path "],
  ["encryption-provider-config", "error while loading encryption provider configuration file "],
];

const MODES = ["AlwaysAllow", "AlwaysDeny", "ABAC", "Webhook", "RBAC", "Node"];

function configurationError(context: ProgramContext, flags: ReadonlyMap<string, string>): string | undefined {
  const modes = flags.get("authorization-mode")?.split(",") ?? [];
  const bad = modes.find((mode) => !MODES.includes(mode));
  if (bad !== undefined) return `authorization-mode: "${bad}" is not a valid mode`;
  if (!flags.get("etcd-servers")) return "--etcd-servers must be specified";
  if (!flags.get("service-account-issuer")) return "service-account-issuer is a required flag";
  for (const [flag, about] of FILES) {
    const path = flags.get(flag);
    if (path === undefined || hasFile(context, path)) continue;
    const quoted = about.endsWith("file ") || about.endsWith("path ") ? `${about}"${path}": ` : about;
    return `${quoted}open ${path}: no such file or directory`;
  }
  return undefined;
}

/** Where its store is, and how it fails to reach it; undefined where it does. */
function storageError(
  context: ProgramContext,
  flags: ReadonlyMap<string, string>,
): { address: string; why: string } | undefined {
  let last: { address: string; why: string } | undefined;
  for (const url of flags.get("etcd-servers")!.split(",")) {
    const [, scheme, host = "", port = "2379"] = /^(https?):\/\/([^:/]+)(?::(\d+))?/.exec(url) ?? [];
    const address = `${host}:${port}`;
    const http = { method: "GET", path: "/health", headers: [] as [string, string][], body: "" };
    const tls = scheme === "https" ? { tls: { established: true as const } } : {};
    const answer = context.request({ host, port: Number(port), payload: { kind: "http", http, ...tls } });
    if (answer.outcome === "ok" && answer.http?.status === 200) {
      const trusted = flags.get("etcd-cafile");
      if (scheme !== "https" || trusted === undefined || trustsEtcd(context, trusted)) return undefined;
      last = {
        address,
        why: "authentication handshake failed: tls: failed to verify certificate: x509: certificate signed by unknown authority",
      };
    } else if (answer.outcome === "ok") last = { address, why: "etcdserver: no leader" };
    else if (answer.outcome === "unknown-host")
      last = { address, why: `error while dialing: dial tcp: lookup ${host}: no such host` };
    else if (answer.outcome === "refused")
      last = { address, why: `error while dialing: dial tcp ${address}: connect: connection refused` };
    else last = { address, why: `error while dialing: dial tcp ${address}: i/o timeout` };
  }
  return last;
}

/** etcd's certificate comes from an authority of its own. */
const trustsEtcd = (context: ProgramContext, path: string): boolean => {
  const own = "/etc/kubernetes/pki/etcd/ca.crt";
  return !hasFile(context, own) || context.files.readFile(path) === context.files.readFile(own);
};

const serving = (context: ProgramContext, flags: ReadonlyMap<string, string>): Effects => ({
  listen: [{ port: Number(flags.get("secure-port") ?? DEFAULT_PORT) }],
  timers: { deadline: null },
  stderr: klog(
    context.nowMs,
    "I",
    1,
    "secure_serving.go:213",
    `Serving securely on [::]:${flags.get("secure-port") ?? DEFAULT_PORT}`,
  ).concat("\n"),
});

const grpcWarning = (context: ProgramContext, { address, why }: { address: string; why: string }) =>
  `${klog(context.nowMs, "W", 1, "logging.go:55", `[core] [Channel #1 SubChannel #2]grpc: addrConn.createTransport failed to connect to {Addr: "${address}", ServerName: "${address}", }. Err: connection error: desc = "transport: ${why}"`)}\n`;

/** The API server's process: it serves while its files are right and its store answers. What it answers is `apiserver/`. */
export const kubeApiServer: Program<any> = {
  name: "kube-apiserver",
  start(context) {
    const nothing: ApiServerState = { phase: "connecting", storage: false };
    const bad = flagError(context.argv, API_SERVER_FLAGS);
    if (bad !== undefined) return { state: nothing, stderr: bad, exit: 1 };
    const { flags } = parseFlags(context.argv);
    const hello = `${klog(context.nowMs, "I", 1, "options.go:249", `external host was not specified, using ${flags.get("advertise-address") ?? context.podIp}`)}\n${klog(context.nowMs, "I", 1, "server.go:147", "Version: v1.33.4")}\n`;
    const wrong = configurationError(context, flags);
    if (wrong !== undefined)
      return {
        state: nothing,
        stderr: `${hello}${klog(context.nowMs, "E", 1, "run.go:72", `"command failed" err="${wrong.replaceAll('"', '\\"')}"`)}\n`,
        exit: 1,
      };
    const common = { memoryBytes: MEMORY_BYTES, cpuMillicores: 45 };
    const failure = storageError(context, flags);
    if (failure)
      return {
        state: nothing,
        ...common,
        stderr: hello + grpcWarning(context, failure),
        timers: { deadline: STORAGE_DEADLINE_MS },
      };
    const effects = serving(context, flags);
    return { state: { phase: "serving", storage: true }, ...common, ...effects, stderr: hello + effects.stderr };
  },
  onTimer(state: ApiServerState, timer, context) {
    const { flags } = parseFlags(context.argv);
    if (timer === "deadline") {
      if (state.phase === "serving") return { state };
      const text = "Error creating leases: error creating storage factory: context deadline exceeded";
      return { state, stderr: `${klog(context.nowMs, "F", 1, "instance.go:226", text)}\n`, exit: 1 };
    }
    const failure = storageError(context, flags);
    if (state.phase === "connecting") {
      if (failure) return { state };
      return { state: { phase: "serving", storage: true }, ...serving(context, flags) };
    }
    if (state.storage === !failure) return { state };
    return { state: { ...state, storage: !failure }, ...(failure && { stderr: grpcWarning(context, failure) }) };
  },
  onRequest(state: ApiServerState, request) {
    const ok = { status: 200, body: "ok" };
    const failing = {
      status: 500,
      body: "[+]ping ok\n[+]log ok\n[-]etcd failed: reason withheld\nlivez check failed\n",
    };
    const page = state.storage ? ok : failing;
    return { state, response: healthAnswer(request, { "/healthz": page, "/livez": page, "/readyz": page }, true) };
  },
  onSignal: (state, signal) => (signal === "SIGTERM" || signal === "SIGINT" ? { state, exit: 0 } : { state }),
};
