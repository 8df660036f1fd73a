import { nodeAddress } from "@/sim/boot/addresses";
import { isDown } from "@/sim/faults";
import { Computer } from "../shell/computer";
import { type OpenFile, openPipe, SinkFile } from "../shell/open-file";
import { Tty } from "../terminal/tty";
import { findTool, toolNames } from "../tools";
import type { Login, NodeAccess, RemoteOptions, RemoteSession } from "../tools/node/access";
import type { MachineInfo } from "../tools/tool";
import type { MachineContext } from "./container-machine";
import { nodeFiles } from "./node-files";

const ENVIRONMENT: Readonly<Record<string, string>> = {
  HOME: "/root",
  USER: "root",
  LOGNAME: "root",
  SHELL: "/bin/bash",
  PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
  LANG: "C.UTF-8",
  EDITOR: "vi",
};
const PROMPT = "\\u@\\h:\\w# ";
let ttyNumber = 0;

/** ssh from anywhere in the lab to a node, which is known by its name and by its address. */
export function loginTo(context: MachineContext): Login {
  return (host, command, options) => {
    const { sim, nodes } = { sim: context.cluster.inside, nodes: context.cluster.options.nodes };
    const node = nodes.find(({ name }, index) => name === host || nodeAddress(index) === host)?.name;
    if (node === undefined) {
      const why = /^\d+(\.\d+){3}$/.test(host)
        ? `connect to host ${host} port 22: No route to host`
        : `Could not resolve hostname ${host}: Name or service not known`;
      return { error: `ssh: ${why}` };
    }
    if (isDown(sim, "node", node)) return { error: `ssh: connect to host ${host} port 22: No route to host` };
    return open(context, node, command, options);
  };
}

function open(
  context: MachineContext,
  node: string,
  command: string | undefined,
  options: RemoteOptions,
): RemoteSession {
  const computer = nodeComputer(context, node);
  const env = { ...ENVIRONMENT, HOSTNAME: node, ...(options.tty && { TERM: "xterm-256color", PS1: PROMPT }) };
  const argv = command === undefined ? ["bash"] : ["bash", "-c", command];
  return options.tty ? onTerminal(computer, argv, env, options) : onPipes(computer, argv, env, options);
}

function nodeComputer(context: MachineContext, node: string): Computer {
  const sim = context.cluster.inside;
  const info: MachineInfo = {
    hostname: node,
    user: { name: "root", uid: 0, gid: 0 },
    home: "/root",
    kind: "node",
    place: { kind: "node", node },
  };
  const access: NodeAccess = {
    node,
    sim,
    change: (change) => context.apply({ kind: "machine", node, change }),
  };
  return new Computer({
    files: nodeFiles(sim, node, toolNames(), access.change),
    info,
    clock: context.clock,
    tool: findTool,
    kube: context.kube,
    network: (request) => context.apply({ kind: "network", request: { ...request, from: info.place } }),
    resolve: (name, type) => sim.network.resolve(info.place, name, type),
    ...(context.edit && { edit: context.edit }),
    random: context.random,
    breathe: context.breathe,
    onActivity: context.onActivity,
    dialect: "dash",
    node: access,
    login: loginTo(context),
    firstPid: 24_000 + Math.floor(context.random() * 900),
  });
}

function onTerminal(
  computer: Computer,
  argv: string[],
  env: Record<string, string>,
  options: RemoteOptions,
): RemoteSession {
  const tty = new Tty(`ssh-${ttyNumber}`, `pts/${ttyNumber++}`, options.columns, options.rows, (group, signal) =>
    computer.signalGroup(group, signal),
  );
  tty.onOutput((data) => options.onOutput(1, data));
  const fds = new Map<number, OpenFile>([0, 1, 2].map((fd) => [fd, computer.retain(tty.file)]));
  const process = computer.launch(argv, env, "/root", fds, tty);
  tty.setForeground(process.group);
  process.onEnd(() => later(() => options.onExit(process.ended?.code ?? 0)));
  return {
    input: (data) => tty.input(data),
    endInput: () => tty.input("\x04"),
    resize: (columns, rows) => tty.resize(columns, rows),
    close: () => {
      computer.hangUp(tty);
      tty.close();
    },
  };
}

function onPipes(
  computer: Computer,
  argv: string[],
  env: Record<string, string>,
  options: RemoteOptions,
): RemoteSession {
  const stdin = openPipe();
  const fds = new Map<number, OpenFile>([
    [0, stdin.read],
    [1, new SinkFile((data) => options.onOutput(1, data))],
    [2, new SinkFile((data) => options.onOutput(2, data))],
  ]);
  const process = computer.launch(argv, env, "/root", fds, undefined);
  process.onEnd(() => later(() => options.onExit(process.ended?.code ?? 0)));
  let writable = true;
  const endInput = () => {
    if (writable) computer.release(stdin.write);
    writable = false;
  };
  return {
    input: (data) => {
      if (writable) stdin.write.write(data);
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
