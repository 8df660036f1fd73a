import { isDown } from "@/sim/faults";
import { findImage } from "@/sim/images/catalog";
import { rfc3339 } from "@/sim/kernel/time";
import { imagesOn } from "@/sim/kubelet/image-pull";
import { readLog } from "@/sim/kubelet/runtime/logs";
import { alignTabs } from "../kubectl/printers/tabwriter";
import type { Tool, ToolContext } from "../tool";
import type { NodeAccess } from "./access";
import { containers, type Listed, sandboxes } from "./containers";
import { plainAgo } from "./time";

const TABLE = { minWidth: 20, padding: 3 };
const SHORT = 13;
const STOP_MS = 400;
const POLL_MS = 500;

/** Words and flags of one subcommand; `valued` flags take the next word. */
function parse(words: readonly string[], valued: ReadonlySet<string>): { names: string[]; flags: Map<string, string> } {
  const names: string[] = [];
  const flags = new Map<string, string>();
  for (let index = 0; index < words.length; index++) {
    const word = words[index]!;
    const [, name, value] = /^--?([^=]+)(?:=(.*))?$/.exec(word) ?? [];
    if (name === undefined) names.push(word);
    else if (value !== undefined) flags.set(name, value);
    else if (valued.has(name)) flags.set(name, words[++index] ?? "");
    else for (const letter of word.startsWith("--") ? [name] : [...name]) flags.set(letter, "true");
  }
  return { names, flags };
}

const VALUED = new Set([
  "name",
  "n",
  "pod",
  "p",
  "state",
  "s",
  "label",
  "namespace",
  "tail",
  "o",
  "output",
  "timeout",
  "t",
  "image",
  "since",
  "u",
  "id",
  "r",
  "runtime-endpoint",
]);

/** crictl, the runtime's own client: it sees containers where the API server is not there to ask. */
export const crictl: Tool = {
  name: "crictl",
  async run(context) {
    const { node } = context;
    const words = context.argv.slice(1);
    while (words[0]?.startsWith("-")) if (VALUED.has(words.shift()!.replace(/^--?/, ""))) words.shift();
    const command = words.shift();
    if (!command || command === "help") {
      await context.stdout.write(HELP);
      return 0;
    }
    if (!node || isDown(node.sim, "runtime", node.node)) {
      await context.stderr.write(
        'FATA[0000] validate service connection: validate CRI v1 runtime API for endpoint "unix:///run/containerd/containerd.sock": rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix /run/containerd/containerd.sock: connect: no such file or directory" \n',
      );
      return 1;
    }
    const given = parse(words, VALUED);
    switch (command) {
      case "ps":
        return ps(context, node, given);
      case "pods":
        return pods(context, node, given);
      case "logs":
        return logs(context, node, given);
      case "inspect":
        return inspect(context, node, given);
      case "images":
      case "image":
      case "img":
        return images(context, node);
      case "stop":
      case "rm":
        return remove(context, node, command, given);
      case "version":
        await context.stdout.write(
          "Version:  0.1.0\nRuntimeName:  containerd\nRuntimeVersion:  v1.7.27\nRuntimeApiVersion:  v1\n",
        );
        return 0;
      default:
        await context.stderr.write(`No help topic for '${command}'\n`);
        return 3;
    }
  },
  complete: ({ words }) =>
    words.length === 2
      ? ["ps", "pods", "logs", "inspect", "images", "stop", "rm", "version"].map((value) => ({ value }))
      : [],
};

const HELP = `NAME:
   crictl - client for CRI

USAGE:
   crictl [global options] command [command options] [arguments...]

COMMANDS:
   images, image, img  List images
   inspect             Display the status of one or more containers
   logs                Fetch the logs of a container
   pods                List pods
   ps                  List containers
   rm                  Remove one or more containers
   stop                Stop one or more running containers
   version             Display runtime version information
`;

type Given = ReturnType<typeof parse>;

async function ps(context: ToolContext, node: NodeAccess, { flags }: Given): Promise<number> {
  const all = flags.has("a") || flags.has("all") || flags.has("state") || flags.has("s");
  const state = flags.get("state") ?? flags.get("s");
  const name = flags.get("name");
  const pod = flags.get("pod") ?? flags.get("p");
  const found = containers(node)
    .filter((one) => all || one.state === "Running")
    .filter((one) => !state || one.state.toLowerCase() === state.toLowerCase())
    .filter((one) => !name || new RegExp(name.replace(/[^\w.*^$-]/g, "")).test(one.name))
    .filter((one) => !pod || one.sandboxId.startsWith(pod));
  if (flags.has("q") || flags.has("quiet")) {
    await context.stdout.write(found.map(({ id }) => `${id}\n`).join(""));
    return 0;
  }
  const rows = found.map((one) =>
    [
      one.id.slice(0, SHORT),
      one.image.slice(0, SHORT),
      plainAgo(context.nowMs - one.createdMs),
      one.state,
      one.name,
      String(one.attempt),
      one.sandboxId.slice(0, SHORT),
      one.pod,
      one.namespace,
    ].join("\t"),
  );
  const head = "CONTAINER\tIMAGE\tCREATED\tSTATE\tNAME\tATTEMPT\tPOD ID\tPOD\tNAMESPACE";
  await context.stdout.write(alignTabs(`${[head, ...rows].join("\n")}\n`, TABLE));
  return 0;
}

async function pods(context: ToolContext, node: NodeAccess, { flags }: Given): Promise<number> {
  const name = flags.get("name");
  const namespace = flags.get("namespace");
  const found = sandboxes(node)
    .filter((one) => !name || one.name.includes(name))
    .filter((one) => !namespace || one.namespace === namespace);
  if (flags.has("q") || flags.has("quiet")) {
    await context.stdout.write(found.map(({ id }) => `${id}\n`).join(""));
    return 0;
  }
  const rows = found.map((one) =>
    [
      one.id.slice(0, SHORT),
      plainAgo(context.nowMs - one.createdMs),
      one.ready ? "Ready" : "NotReady",
      one.name,
      one.namespace,
      String(one.attempt),
      "(default)",
    ].join("\t"),
  );
  const head = "POD ID\tCREATED\tSTATE\tNAME\tNAMESPACE\tATTEMPT\tRUNTIME";
  await context.stdout.write(alignTabs(`${[head, ...rows].join("\n")}\n`, TABLE));
  return 0;
}

async function images(context: ToolContext, { sim, node }: NodeAccess): Promise<number> {
  const rows = imagesOn(sim, node)
    .flatMap((reference) => {
      const image = findImage(reference);
      if (!image) return [];
      const size =
        image.sizeBytes >= 1e6
          ? `${(image.sizeBytes / 1e6).toPrecision(3)}MB`
          : `${Math.round(image.sizeBytes / 1e3)}kB`;
      return [[image.repository, image.tag, image.digest.replace("sha256:", "").slice(0, SHORT), size].join("\t")];
    })
    .sort();
  await context.stdout.write(alignTabs(`${["IMAGE\tTAG\tIMAGE ID\tSIZE", ...rows].join("\n")}\n`, TABLE));
  return 0;
}

/** The container whose id begins so; crictl's own complaint where none or several do. */
async function find(context: ToolContext, node: NodeAccess, id: string, about: string): Promise<Listed | undefined> {
  const found = containers(node).filter((one) => one.id.startsWith(id));
  if (found.length === 1) return found[0];
  const why =
    found.length === 0
      ? `rpc error: code = NotFound desc = an error occurred when try to find container "${id}": not found`
      : `rpc error: code = NotFound desc = an error occurred when try to find container "${id}": ambiguous identifier`;
  await context.stderr.write(`${about}${why}\n`);
  return undefined;
}

async function logs(context: ToolContext, node: NodeAccess, { names, flags }: Given): Promise<number> {
  const [id] = names;
  if (!id) {
    await context.stderr.write("FATA[0000] ID cannot be empty                              \n");
    return 1;
  }
  const found = await find(context, node, id, "FATA[0000] ");
  if (!found) return 1;
  const ref = { podUid: found.podUid, container: found.name };
  const read = () => readLog(node.sim, ref, found.previous) ?? [];
  const tail = flags.get("tail");
  let lines = read();
  const count = lines.length;
  if (tail !== undefined) lines = lines.slice(Math.max(0, lines.length - Number(tail)));
  const write = async (some: ReturnType<typeof read>) => {
    for (const line of some) await (line.stream === "stdout" ? context.stdout : context.stderr).write(`${line.text}\n`);
  };
  await write(lines);
  if (!flags.has("f") && !flags.has("follow")) return 0;
  let seen = count;
  let ended = false;
  context.onSignal("SIGINT", () => {
    ended = true;
  });
  while (!ended && containers(node).some(({ id: one, state }) => one === found.id && state === "Running")) {
    await context.sleep(POLL_MS);
    const now = read();
    await write(now.slice(seen));
    seen = now.length;
  }
  return 0;
}

async function inspect(context: ToolContext, node: NodeAccess, { names }: Given): Promise<number> {
  for (const id of names) {
    const found = await find(context, node, id, "FATA[0000] getting the status of the container: ");
    if (!found) return 1;
    const { ending, row } = found;
    const state =
      found.state === "Running"
        ? "CONTAINER_RUNNING"
        : found.state === "Exited"
          ? "CONTAINER_EXITED"
          : "CONTAINER_CREATED";
    const status = {
      status: {
        id: found.id,
        metadata: { attempt: found.attempt, name: found.name },
        state,
        createdAt: rfc3339(found.createdMs),
        startedAt: rfc3339(ending?.startedMs ?? row.startedMs),
        finishedAt: ending ? rfc3339(ending.finishedMs) : "0001-01-01T00:00:00Z",
        exitCode: ending?.exitCode ?? 0,
        image: { annotations: {}, image: row.image, runtimeHandler: "", userSpecifiedImage: row.specImage },
        imageRef: findImage(row.image) ? `${findImage(row.image)!.repository}@${findImage(row.image)!.digest}` : "",
        reason: ending?.reason ?? "",
        message: ending?.message ?? "",
        labels: {
          "io.kubernetes.container.name": found.name,
          "io.kubernetes.pod.name": found.pod,
          "io.kubernetes.pod.namespace": found.namespace,
          "io.kubernetes.pod.uid": found.podUid,
        },
        annotations: { "io.kubernetes.container.restartCount": String(found.attempt) },
        mounts: row.mounts.map((mount) => ({ containerPath: mount.path, readonly: mount.readOnly })),
        logPath: `/var/log/pods/${found.namespace}_${found.pod}_${found.podUid}/${found.name}/${found.attempt}.log`,
      },
      info: {
        sandboxID: found.sandboxId,
        pid: found.state === "Running" ? 1 : 0,
        config: { command: row.argv, envs: Object.entries(row.env).map(([key, value]) => ({ key, value })) },
      },
    };
    await context.stdout.write(`${JSON.stringify(status, undefined, 2)}\n`);
  }
  return 0;
}

async function remove(
  context: ToolContext,
  node: NodeAccess,
  command: "stop" | "rm",
  { names, flags }: Given,
): Promise<number> {
  let code = 0;
  for (const id of names) {
    const found = await find(
      context,
      node,
      id,
      `FATA[0000] ${command === "stop" ? "stopping" : "getting the status of"} the container: `,
    );
    if (!found) {
      code = 1;
      continue;
    }
    const force = flags.has("f") || flags.has("force");
    if (command === "rm" && found.state === "Running" && !force) {
      await context.stderr.write(`ERRO[0000] container "${id}" is running, please stop it first \n`);
      code = 1;
      continue;
    }
    if (found.state === "Running") {
      node.change({ op: "stop-container", podUid: found.podUid, container: found.name, ...(force && { force }) });
      await context.sleep(STOP_MS);
    }
    await context.stdout.write(`${found.id}\n`);
  }
  return code;
}
