import { parse } from "yaml";
import type { FileSystem } from "@/posix/files/file-system";
import { KUBELET_DROP_IN, KUBELET_UNIT } from "./tree";

/** What a kubelet has read when it started. Plain data: it does not change while it runs. */
export interface KubeletSettings {
  staticPodPath: string;
  /** `https://192.168.49.2:8443`, of its kubeconfig. */
  server: string;
}

const read = (files: FileSystem, path: string): string | undefined =>
  files.stat(path)?.type === "file" ? files.readFile(path) : undefined;

/** What the unit and its drop-in say of the command, as systemd keeps it loaded: lines such as `ExecStart=…`. */
export function unitLines(files: FileSystem): string[] {
  return [KUBELET_UNIT, KUBELET_DROP_IN]
    .flatMap((path) => (read(files, path) ?? "").split("\n"))
    .map((line) => line.trim())
    .filter((line) => /^(ExecStart|Environment|EnvironmentFile)=/.test(line));
}

/** The words of ExecStart as systemd would run them now: files of the environment are read at each start. */
export function execStart(files: FileSystem, lines: readonly string[]): string[] {
  const env: Record<string, string> = {};
  let command = "";
  for (const line of lines) {
    const [, key, value = ""] = /^(\w+)=(.*)$/.exec(line) ?? [];
    if (key === "ExecStart") command = value.trim();
    else if (key === "Environment") assign(env, value.trim().replace(/^"(.*)"$/, "$1"));
    else {
      for (const setting of (read(files, value.trim().replace(/^-/, "")) ?? "").split("\n")) assign(env, setting);
    }
  }
  return command
    .replace(/\$\{?(\w+)\}?/g, (_, name: string) => env[name] ?? "")
    .split(/\s+/)
    .filter(Boolean);
}

function assign(env: Record<string, string>, setting: string): void {
  const [, name, value = ""] = /^\s*(\w+)=(.*)$/.exec(setting) ?? [];
  if (name) env[name] = value.trim().replace(/^(["'])(.*)\1$/, "$2");
}

export const flagValue = (argv: readonly string[], name: string): string | undefined =>
  argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3);

/** Why the kubelet does not come up, as it tells the journal. `notFound`: systemd finds no such program. */
export type KubeletProblem = { notFound: string } | { error: string };

/** Flags that kubeadm's files and exercises name; a wrong one ends the kubelet at once. */
const KNOWN_FLAGS = new Set(
  "address bootstrap-kubeconfig cert-dir cgroup-driver cloud-provider cluster-dns cluster-domain config config-dir container-runtime-endpoint eviction-hard fail-swap-on feature-gates hostname-override kubeconfig kube-reserved max-pods node-ip node-labels node-status-update-frequency pod-infra-container-image pod-manifest-path read-only-port register-node register-with-taints resolv-conf root-dir rotate-certificates runtime-cgroups seccomp-default serialize-image-pulls system-reserved tls-cert-file tls-private-key-file v volume-plugin-dir".split(
    " ",
  ),
);

/** Where containerd listens. */
const RUNTIME_SOCKETS = new Set(["/run/containerd/containerd.sock", "/var/run/containerd/containerd.sock"]);

/** Nobody listens at the runtime's socket: it is another's path, or containerd is not there. */
function runtimeProblem(endpoint: string, runtimeUp: boolean): string | undefined {
  const socket = endpoint.replace(/^unix:\/\//, "");
  if (runtimeUp && RUNTIME_SOCKETS.has(socket)) return undefined;
  return `failed to run Kubelet: validate service connection: validate CRI v1 runtime API for endpoint "${endpoint}": rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix ${socket}: connect: no such file or directory"`;
}

/** Reads what the kubelet's command line names, in the order in which the kubelet does. */
export function startKubelet(
  files: FileSystem,
  argv: readonly string[],
  runtimeUp: boolean,
): KubeletSettings | KubeletProblem {
  const [program = ""] = argv;
  if (program !== "/usr/bin/kubelet" || !files.stat(program)) return { notFound: program };
  const unknown = argv.slice(1).find((word) => !KNOWN_FLAGS.has(word.replace(/^--?/, "").replace(/=.*$/, "")));
  if (unknown !== undefined)
    return { error: `failed to parse kubelet flag: unknown flag: ${unknown.replace(/=.*$/, "")}` };
  const path = flagValue(argv, "config");
  const config = path === undefined ? { staticPodPath: flagValue(argv, "pod-manifest-path") } : readConfig(files, path);
  if ("error" in config) return config;
  const ca = config.authentication?.x509?.clientCAFile;
  if (ca && !files.stat(ca))
    return {
      error: `failed to construct kubelet dependencies: unable to load client CA file ${ca}: open ${ca}: no such file or directory`,
    };
  if (ca && !(read(files, ca) ?? "").includes("-----BEGIN CERTIFICATE-----"))
    return {
      error: `failed to construct kubelet dependencies: unable to load client CA file ${ca}: data does not contain any valid RSA or ECDSA certificates`,
    };
  const kubeconfig = flagValue(argv, "kubeconfig");
  const text = kubeconfig === undefined ? undefined : read(files, kubeconfig);
  if (text === undefined) {
    const bootstrap = flagValue(argv, "bootstrap-kubeconfig");
    return {
      error: `failed to run Kubelet: unable to load bootstrap kubeconfig: stat ${bootstrap ?? kubeconfig}: no such file or directory`,
    };
  }
  const server = serverOf(text);
  if ("error" in server) return { error: `failed to run Kubelet: ${server.error}` };
  const endpoint = flagValue(argv, "container-runtime-endpoint") ?? config.containerRuntimeEndpoint;
  const silent = endpoint ? runtimeProblem(endpoint, runtimeUp) : undefined;
  if (silent) return { error: silent };
  return { staticPodPath: config.staticPodPath ?? "", server: server.server };
}

function readConfig(files: FileSystem, path: string): any {
  const about = `failed to load kubelet config file, path: ${path}, error: failed to load Kubelet config file ${path}, error`;
  const text = read(files, path);
  if (text === undefined)
    return {
      error: `${about} failed to read kubelet config file "${path}", error: open ${path}: no such file or directory`,
    };
  try {
    const config = parse(text);
    if (config?.kind !== "KubeletConfiguration")
      return { error: `${about}: failed to decode: no kind "${config?.kind ?? ""}" is registered` };
    return config;
  } catch (error) {
    return { error: `${about}: failed to decode: ${yamlProblem(error)}` };
  }
}

/** A YAML error in the words of Go's library, as near as the position allows. */
export function yamlProblem(error: unknown): string {
  const { linePos, code } = error as { linePos?: { line: number }[]; code?: string };
  const line = linePos?.[0]?.line ?? 1;
  const why =
    code === "TAB_AS_INDENT"
      ? "found character that cannot start any token"
      : code === "BLOCK_AS_IMPLICIT_KEY" || code === "MULTILINE_IMPLICIT_KEY" || code === "MISSING_CHAR"
        ? "mapping values are not allowed in this context"
        : "could not find expected ':'";
  return `error converting YAML to JSON: yaml: line ${line}: ${why}`;
}

/** The server of a kubeconfig's current context, or what is wrong with the file. */
export function serverOf(text: string): { server: string } | { error: string } {
  try {
    const config = parse(text);
    const context = config?.contexts?.find((one: any) => one.name === config["current-context"])?.context;
    const cluster = config?.clusters?.find((one: any) => one.name === context?.cluster)?.cluster;
    if (!cluster?.server) return { error: "invalid configuration: no server found for cluster" };
    return { server: cluster.server };
  } catch (error) {
    return { error: `error loading config file: ${yamlProblem(error).replace("error converting YAML to JSON: ", "")}` };
  }
}
