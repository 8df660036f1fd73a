import type { Program } from "../../program";
import { ETCD_FLAGS, hasFile, parseFlags } from "./flags";
import { healthAnswer } from "./health";

interface EtcdState {
  /** Whether enough members see each other to agree on anything. */
  quorum: boolean;
}

const MEMORY_BYTES = 38 * 1024 * 1024;
const FILES = ["cert-file", "key-file", "trusted-ca-file", "peer-cert-file", "peer-key-file", "peer-trusted-ca-file"];

/** Times are left out: clusters are forked from one whose clock stood elsewhere. */
const line = (level: string, caller: string, msg: string, rest: Record<string, unknown>) =>
  `${JSON.stringify({ level, caller, msg, ...rest })}
`;

const portsIn = (urls: string | undefined): { port: number; address: string }[] =>
  (urls ?? "").split(",").flatMap((url) => {
    const [, host = "", port] = /^https?:\/\/([^:/]+):(\d+)$/.exec(url.trim()) ?? [];
    return port ? [{ port: Number(port), address: host }] : [];
  });

function listeners(flags: ReadonlyMap<string, string>) {
  const ports = new Map<number, string>();
  for (const name of ["listen-client-urls", "listen-peer-urls", "listen-metrics-urls"]) {
    // A port on several addresses is open to all.
    for (const { port, address } of portsIn(flags.get(name))) ports.set(port, ports.has(port) ? "0.0.0.0" : address);
  }
  return [...ports].map(([port, address]) => ({ port, address: address === "127.0.0.1" ? address : "0.0.0.0" }));
}

/** The store of the cluster's objects, as far as its own health goes: what is in it lies elsewhere. */
export const etcd: Program<any> = {
  name: "etcd",
  start(context) {
    const { flags, stray } = parseFlags(context.argv);
    const unknown = [...flags.keys()].find((name) => !ETCD_FLAGS.has(name));
    if (unknown !== undefined || stray !== undefined) {
      const why =
        unknown === undefined ? `'${stray}' is not a valid flag` : `flag provided but not defined: -${unknown}`;
      return {
        state: { quorum: false },
        stderr: `{"level":"warn","msg":"failed to verify flags","error":"${why}"}\n`,
        exit: 1,
      };
    }
    for (const name of FILES) {
      const path = flags.get(name);
      if (path === undefined || hasFile(context, path)) continue;
      const error = `open ${path}: no such file or directory`;
      const peer = name.startsWith("peer-");
      return {
        state: { quorum: false },
        stderr:
          line("info", "etcdmain/etcd.go:73", "Running: ", { args: [...context.argv] }) +
          line("fatal", "etcdmain/etcd.go:204", "discovery failed", {
            error: peer ? `cannot listen on TLS for ${flags.get("listen-peer-urls")}: ${error}` : error,
          }),
        exit: 1,
      };
    }
    return {
      state: { quorum: true } satisfies EtcdState,
      memoryBytes: MEMORY_BYTES,
      cpuMillicores: 20,
      listen: listeners(flags),
      stderr:
        line("info", "etcdmain/etcd.go:73", "Running: ", { args: [...context.argv] }) +
        line("info", "embed/serve.go:103", "ready to serve client requests", {}) +
        line("info", "embed/serve.go:250", "serving client traffic securely", {
          traffic: "grpc+http",
          address: flags.get("advertise-client-urls")?.replace(/^https?:\/\//, "") ?? "",
        }),
    };
  },
  onTimer: (state) => ({ state }),
  onRequest(state: EtcdState, request) {
    const healthy = { status: 200, body: '{"health":"true","reason":""}' };
    const page = state.quorum ? healthy : { status: 503, body: '{"health":"false","reason":"RAFT NO LEADER"}' };
    const metrics = request.port === 2381;
    const ok = (fine: boolean) =>
      fine ? { status: 200, body: "ok\n" } : { status: 503, body: "[-]linearizable_read failed\n" };
    const pages = {
      "/health": page,
      "/livez": ok(true),
      "/readyz": ok(state.quorum),
      "/version": { status: 200, body: '{"etcdserver":"3.5.21","etcdcluster":"3.5.0"}' },
    };
    return { state, response: healthAnswer(request, pages, !metrics) };
  },
  onSignal: (state, signal) => (signal === "SIGTERM" || signal === "SIGINT" ? { state, exit: 0 } : { state }),
};
