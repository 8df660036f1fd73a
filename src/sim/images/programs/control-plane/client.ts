import { klog } from "../../../machines/klog";
import { serverOf } from "../../../machines/kubelet-unit";
import type { Program, ProgramContext, Step } from "../../program";
import { CONTROLLER_MANAGER_FLAGS, flagError, hasFile, parseFlags, SCHEDULER_FLAGS } from "./flags";
import { healthAnswer } from "./health";

interface ClientState {
  /** It reaches the API server and may stand for election. */
  working: boolean;
}

/** renewDeadline of leader election: who cannot renew for so long gives up. */
const RENEW_DEADLINE_MS = 10_000;

interface Definition {
  name: string;
  memoryBytes: number;
  cpuMillicores: number;
  port: number;
  flags: ReadonlySet<string>;
  /** Files without which it does not start, with what stands before the reason. */
  files: [flag: string, about: string][];
  live: string[];
}

const DEFINITIONS: Definition[] = [
  {
    name: "kube-scheduler",
    memoryBytes: 20 * 1024 * 1024,
    cpuMillicores: 5,
    port: 10_259,
    flags: SCHEDULER_FLAGS,
    files: [
      ["config", ""],
      [
        "authentication-kubeconfig",
        "failed to get delegated authentication kubeconfig: failed to get delegated authentication kubeconfig: ",
      ],
      [
        "authorization-kubeconfig",
        "failed to get delegated authorization kubeconfig: failed to get delegated authorization kubeconfig: ",
      ],
      ["kubeconfig", ""],
    ],
    live: ["/healthz", "/livez", "/readyz"],
  },
  {
    name: "kube-controller-manager",
    memoryBytes: 48 * 1024 * 1024,
    cpuMillicores: 15,
    port: 10_257,
    flags: CONTROLLER_MANAGER_FLAGS,
    files: [
      [
        "authentication-kubeconfig",
        "failed to get delegated authentication kubeconfig: failed to get delegated authentication kubeconfig: ",
      ],
      [
        "authorization-kubeconfig",
        "failed to get delegated authorization kubeconfig: failed to get delegated authorization kubeconfig: ",
      ],
      ["client-ca-file", "unable to load client CA provider: "],
      ["requestheader-client-ca-file", "unable to load configmap based request-header-client-ca-file: "],
      ["kubeconfig", ""],
      ["root-ca-file", "error reading root-ca-file at "],
      ["service-account-private-key-file", "error reading key for service account token controller: "],
      [
        "cluster-signing-cert-file",
        "error starting controller: failed to start kubernetes.io/kubelet-serving certificate controller: error reading CA cert file: ",
      ],
      [
        "cluster-signing-key-file",
        "error starting controller: failed to start kubernetes.io/kubelet-serving certificate controller: error reading CA key file: ",
      ],
    ],
    live: ["/healthz"],
  },
];

/** The API server as its kubeconfig names it, and why that is not reached; undefined where it is. */
function reachError(context: ProgramContext, kubeconfig: string): string | undefined {
  const found = serverOf(context.files.readFile(kubeconfig));
  if ("error" in found) return found.error;
  const [, host = "", port = "443"] = /^https?:\/\/([^:/]+)(?::(\d+))?/.exec(found.server) ?? [];
  const answer = context.request({ host, port: Number(port), payload: { kind: "connect" } });
  if (answer.outcome === "ok") return undefined;
  const get = `Get "${found.server}/api/v1/nodes?limit=500&resourceVersion=0": dial tcp`;
  if (answer.outcome === "unknown-host") return `${get}: lookup ${host} on 192.168.49.1:53: no such host`;
  const why = answer.outcome === "refused" ? "connect: connection refused" : "i/o timeout";
  return `${get} ${host}:${port}: ${why}`;
}

function client(definition: Definition): Program<any> {
  const { name } = definition;
  const acquired = (context: ProgramContext) =>
    `${klog(context.nowMs, "I", 1, "leaderelection.go:257", `attempting to acquire leader lease kube-system/${name}...`)}\n`;
  const reflector = (context: ProgramContext, why: string) =>
    `${klog(context.nowMs, "E", 1, "reflector.go:200", `"Failed to watch" err="failed to list *v1.Node: ${why.replaceAll('"', '\\"')}" logger="UnhandledError" reflector="k8s.io/client-go/informers/factory.go:160" type="*v1.Node"`)}\n`;
  return {
    name,
    start(context): Step<ClientState> {
      const idle: ClientState = { working: false };
      const bad = flagError(context.argv, definition.flags);
      if (bad !== undefined) return { state: idle, stderr: bad, exit: 1 };
      const { flags } = parseFlags(context.argv);
      const hello = `${klog(context.nowMs, "I", 1, "serving.go:386", "Generated self-signed cert in-memory")}\n`;
      const fail = (error: string): Step<ClientState> => ({
        state: idle,
        stderr: `${hello}${klog(context.nowMs, "E", 1, "run.go:72", `"command failed" err="${error.replaceAll('"', '\\"')}"`)}\n`,
        exit: 1,
      });
      for (const [flag, about] of definition.files) {
        const path = flags.get(flag);
        if (path === undefined || hasFile(context, path)) continue;
        const verb = flag.endsWith("kubeconfig") ? "stat" : "open";
        return fail(`${about}${verb} ${path}: no such file or directory`);
      }
      const kubeconfig = flags.get("kubeconfig");
      if (kubeconfig === undefined)
        return fail(
          "invalid configuration: no configuration has been provided, try setting KUBERNETES_MASTER environment variable",
        );
      // An empty file is what the kubelet makes for a hostPath that is not there.
      const parsed = serverOf(context.files.readFile(kubeconfig));
      if ("error" in parsed)
        return fail(
          context.files.readFile(kubeconfig).trim() === ""
            ? "invalid configuration: no configuration has been provided, try setting KUBERNETES_MASTER environment variable"
            : parsed.error,
        );
      const why = reachError(context, kubeconfig);
      return {
        state: { working: why === undefined },
        memoryBytes: definition.memoryBytes,
        cpuMillicores: definition.cpuMillicores,
        listen: [{ port: Number(flags.get("secure-port") ?? definition.port), address: "127.0.0.1" }],
        stderr: `${hello}${klog(context.nowMs, "I", 1, "server.go:166", `"Starting ${name}" version="v1.33.4"`)}\n${why === undefined ? acquired(context) : reflector(context, why)}`,
      };
    },
    onTimer(state: ClientState, timer, context): Step<ClientState> {
      const kubeconfig = parseFlags(context.argv).flags.get("kubeconfig")!;
      const why = hasFile(context, kubeconfig) ? reachError(context, kubeconfig) : undefined;
      if (timer === "lease") {
        if (why === undefined) return { state };
        const lost = `"Leader election lost"`;
        return {
          state,
          stderr: `${reflector(context, why)}${klog(context.nowMs, "E", 1, name === "kube-scheduler" ? "server.go:309" : "leaderelection.go:322", lost)}\n`,
          exit: 1,
        };
      }
      if (state.working === (why === undefined)) return { state };
      if (why === undefined) return { state: { working: true }, timers: { lease: null }, stderr: acquired(context) };
      return { state: { working: false }, timers: { lease: RENEW_DEADLINE_MS }, stderr: reflector(context, why) };
    },
    onRequest(state: ClientState, request) {
      const pages = Object.fromEntries(definition.live.map((path) => [path, { status: 200, body: "ok" }]));
      return { state, response: healthAnswer(request, pages, true) };
    },
    onSignal: (state, signal) => (signal === "SIGTERM" || signal === "SIGINT" ? { state, exit: 0 } : { state }),
  };
}

export const controlPlaneClients: Record<string, Program> = Object.fromEntries(
  DEFINITIONS.map((definition) => [definition.name, client(definition)]),
);
