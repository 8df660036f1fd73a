import { FileError, type FileSystem } from "@/posix/files/file-system";
import type { Cluster, ClusterInput, ClusterOutput } from "@/sim/cluster";
import type { ContainerRef } from "@/sim/runtime";
import type { LabClock } from "../shell/clock";
import { Computer } from "../shell/computer";
import { GatedSink, type OpenFile, openPipe, SinkFile } from "../shell/open-file";
import { Tty } from "../terminal/tty";
import { findTool } from "../tools";
import type { MachineInfo, SignalName } from "../tools/tool";
import { containerFiles } from "./container-files";
import type { ExecOptions, ExecSession } from "./streams/stream";
import type { EditRequest, KubeApi } from "./types";

export interface MachineContext {
  cluster: Cluster;
  apply<I extends ClusterInput>(input: I): ClusterOutput[I["kind"]];
  clock: LabClock;
  kube: KubeApi;
  random(): number;
  breathe(): Promise<void>;
  onActivity(): void;
  edit?: ((request: EditRequest) => void) | undefined;
}

const PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
let ttyNumber = 0;

/** Runs a command in a container, on its files, environment, processes and network. `error` is containerd's. */
export function execInContainer(
  context: MachineContext,
  ref: ContainerRef,
  argv: string[],
  options: ExecOptions,
): ExecSession | { error: string } {
  const { cluster } = context;
  const container = cluster.runtime.inspect(ref);
  const pod = cluster.store.list("pods").find((item) => item.metadata.uid === ref.podUid);
  if (!container || !pod) return { error: `container not found ("${ref.container}")` };
  const { userland } = container.image;
  const info: MachineInfo = {
    hostname: container.hostname,
    user: userOf(container.user, container.files),
    home: container.user.uid === 0 ? "/root" : "/",
    kind: "container",
    place: { kind: "pod", namespace: pod.metadata.namespace!, pod: pod.metadata.name },
    ...(userland !== "none" && { userland }),
    ...(pod.status?.podIP && { podIp: pod.status.podIP }),
  };
  const files = containerFiles(context, ref);
  const mainLog = (stream: "stdout" | "stderr"): OpenFile =>
    new SinkFile((text) => context.apply({ kind: "container", ref, change: { op: "log", stream, text } }));
  const computer = new Computer({
    files,
    info,
    clock: context.clock,
    tool: findTool,
    kube: context.kube,
    network: (request) => context.apply({ kind: "network", request: { ...request, from: info.place } }),
    resolve: (name, type, how) => cluster.inside.network.resolve(info.place, name, type, how),
    ...(context.edit && { edit: context.edit }),
    random: context.random,
    breathe: context.breathe,
    onActivity: context.onActivity,
    dialect: userland === "debian" ? "dash" : "ash",
    special: (path) =>
      path === "/proc/1/fd/1" ? mainLog("stdout") : path === "/proc/1/fd/2" ? mainLog("stderr") : undefined,
    foreign: () => cluster.runtime.inspect(ref)?.processes ?? [],
    signalForeign: (pid, signal) =>
      context.apply({ kind: "container", ref, change: { op: "signal", pid, signal } }).error === undefined,
    delegate: (words) => delegate(context, ref, words),
    firstPid: Math.max(1, ...container.processes.map((process) => process.pid)) + 6 + Math.floor(context.random() * 20),
  });
  const env = {
    PATH,
    HOSTNAME: container.hostname,
    HOME: info.home,
    ...container.env,
    ...(options.tty && { TERM: "xterm" }),
  };
  const found = computer.find(argv[0]!, env.PATH, container.workingDirectory);
  if (found === undefined) return { error: `${ociError(context, argv[0]!, files)}: unknown` };
  return options.tty
    ? ttySession(computer, argv, env, container.workingDirectory, options)
    : pipeSession(context, computer, argv, env, container.workingDirectory, options);
}

/** As it comes back through containerd, the kubelet and the API server's translation of the stream. */
function ociError(context: MachineContext, name: string, files: FileSystem): string {
  const id = Array.from({ length: 64 }, () => Math.floor(context.random() * 16).toString(16)).join("");
  const head = `Internal error occurred: error executing command in container: failed to exec in container: failed to start exec "${id}": OCI runtime exec failed: exec failed: unable to start container process: exec: "${name}"`;
  if (!name.includes("/")) return `${head}: executable file not found in $PATH`;
  const stat = files.stat(name);
  if (!stat) return `${head}: stat ${name}: no such file or directory`;
  return `${head}: ${stat.type === "directory" ? "is a directory" : "permission denied"}`;
}

function userOf(user: { uid: number; gid: number }, files: FileSystem): MachineInfo["user"] {
  let name = user.uid === 0 ? "root" : String(user.uid);
  try {
    for (const line of files.readFile("/etc/passwd").split("\n")) {
      const fields = line.split(":");
      if (fields[2] === String(user.uid)) name = fields[0]!;
    }
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
  }
  return { name, ...user };
}

/** A command of the program that the container runs: `nginx -s reload`. Undefined where it is none. */
function delegate(context: MachineContext, ref: ContainerRef, argv: readonly string[]) {
  const container = context.cluster.runtime.inspect(ref);
  const name = argv[0]!.slice(argv[0]!.lastIndexOf("/") + 1);
  const owned =
    container && (Object.hasOwn(container.image.programs, name) || Object.hasOwn(container.image.programs, argv[0]!));
  if (!owned) return undefined;
  const result = context.apply({ kind: "container", ref, change: { op: "command", argv: [...argv] } });
  return {
    exitCode: result.exitCode ?? (result.error ? 1 : 0),
    stdout: result.stdout ?? "",
    stderr: result.stderr ?? "",
  };
}

function ttySession(
  computer: Computer,
  argv: string[],
  env: Record<string, string>,
  cwd: string,
  options: ExecOptions,
): ExecSession {
  const tty = new Tty(`exec-${ttyNumber}`, `pts/${ttyNumber++}`, 80, 24, (group, signal: SignalName) =>
    computer.signalGroup(group, signal),
  );
  tty.onOutput((data) => options.onOutput(1, data));
  const fds = new Map<number, OpenFile>([0, 1, 2].map((fd) => [fd, computer.retain(tty.file)]));
  const process = computer.launch(argv, env, cwd, fds, tty);
  tty.setForeground(process.group);
  process.onEnd(() => later(() => options.onExit(process.ended?.code ?? 0)));
  return {
    input: (data) => {
      tty.input(data);
      return true;
    },
    onDrain: () => {},
    pause: () => {},
    resume: () => {},
    endInput: () => tty.input("\x04"),
    resize: (columns, rows) => tty.resize(columns, rows),
    close: () => {
      computer.hangUp(tty);
      tty.close();
    },
  };
}

function pipeSession(
  context: MachineContext,
  computer: Computer,
  argv: string[],
  env: Record<string, string>,
  cwd: string,
  options: ExecOptions,
): ExecSession {
  const stdin = openPipe();
  const stdout = new GatedSink((data) => options.onOutput(1, data));
  const stderr = new GatedSink((data) => options.onOutput(2, data));
  let drain = () => {};
  if (!options.stdin) computer.release(stdin.write);
  const fds = new Map<number, OpenFile>([
    [0, stdin.read],
    [1, stdout],
    [2, stderr],
  ]);
  const process = computer.launch(argv, env, cwd, fds, undefined);
  process.onEnd(() => later(() => options.onExit(process.ended?.code ?? 0)));
  let open = options.stdin;
  const endInput = () => {
    if (open) computer.release(stdin.write);
    open = false;
  };
  return {
    input: (data) => {
      if (!open || stdin.write.write(data) !== "full") return true;
      stdin.write.wait(() => {
        context.onActivity();
        drain();
      });
      return false;
    },
    onDrain: (listener) => {
      drain = listener;
    },
    pause: () => {
      stdout.hold();
      stderr.hold();
    },
    resume: () => {
      context.onActivity();
      stdout.release();
      stderr.release();
    },
    endInput,
    resize: () => {},
    close: () => {
      endInput();
      for (const item of [...computer.processes.values()]) computer.signal(item.pid, "SIGKILL");
    },
  };
}

/** After those who end in the same moment have written their last. */
function later(run: () => void): void {
  void Promise.resolve().then(run);
}
