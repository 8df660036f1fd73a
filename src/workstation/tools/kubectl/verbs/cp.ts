import { basename, dirname, joinPath } from "@/posix/files/path";
import { resourcePath } from "../api/discovery";
import type { Call, Command } from "../command";
import { CliError } from "../errors";
import { bool, int, text } from "../flags/spec";
import { chooseContainer } from "../resource/pods";
import { collectStream } from "../resource/stream";
import { podTarget } from "./exec";

interface Spec {
  /** `namespace/pod`, or undefined for this machine. */
  pod?: { namespace: string; name: string };
  path: string;
}

/** More files than this are not copied at once. */
const FILES_LIMIT = 2_000;

function parseSpec(call: Call, source: string): Spec {
  const colon = source.indexOf(":");
  if (colon < 0) return { path: source };
  const [place, path] = [source.slice(0, colon), source.slice(colon + 1)];
  const parts = place.split("/");
  if (path === "" && colon > 0) throw new CliError("filepath can not be empty");
  if (colon === 0 || parts.length > 2)
    throw new CliError("filespec must match the canonical format: [[namespace/]pod:]file/path");
  const [namespace, name] = parts.length === 2 ? (parts as [string, string]) : [call.session.namespace, parts[0]!];
  return { pod: { namespace, name }, path };
}

async function run(call: Call): Promise<number> {
  if (call.args.length !== 2) throw new CliError("source and destination are required");
  const [from, to] = call.args.map((arg) => parseSpec(call, arg)) as [Spec, Spec];
  if (from.pod && to.pod) throw new CliError("one of src or dest must be a local file specification");
  if (from.path === "" || to.path === "") throw new CliError("filepath can not be empty");
  if (from.pod) await copyOut(call, from, to.path);
  else if (to.pod) await copyIn(call, from.path, to);
  else throw new CliError("one of src or dest must be a remote file specification");
  return 0;
}

/** A way to run commands in the container that is meant. */
async function remote(call: Call, { pod: place }: Spec) {
  const { session, flags } = call;
  const info = await podTarget(call, place!.name, place!.namespace);
  const container = flags.text("container") || chooseContainer(session, info.object, "", true);
  const path = resourcePath(info.resource, place!.namespace, place!.name, "exec");
  return async (command: string[], stdin?: string) => {
    const query = { container, command, stdout: "true", stderr: "true", ...(stdin !== undefined && { stdin: "true" }) };
    const result = await collectStream(session, path, query, stdin);
    if (result.code !== 0) {
      session.err(result.stderr);
      throw new CliError(`command terminated with exit code ${result.code}`, result.code);
    }
    return result.stdout;
  };
}

async function copyIn(call: Call, source: string, to: Spec): Promise<void> {
  const { session } = call;
  const { files } = session.tool;
  const local = session.path(source);
  const stat = files.stat(local);
  if (!stat) throw new CliError(`${source} doesn't exist in local filesystem`);
  const exec = await remote(call, to);
  const isDirectory = (await exec(["sh", "-c", `if [ -d "$1" ]; then echo yes; fi`, "cp", to.path])).trim() === "yes";
  const target = isDirectory ? joinPath(to.path, basename(local)) : to.path;
  const entries = stat.type === "directory" ? localFiles(call, local) : [""];
  for (const entry of entries) {
    const path = entry ? joinPath(target, entry) : target;
    await exec(
      ["sh", "-c", `mkdir -p "$1" && cat > "$2"`, "cp", dirname(path), path],
      files.readFile(entry ? joinPath(local, entry) : local),
    );
  }
}

function localFiles(call: Call, root: string, below = ""): string[] {
  const { files } = call.session.tool;
  const found: string[] = [];
  for (const name of files.readDirectory(below ? joinPath(root, below) : root)) {
    const entry = below ? `${below}/${name}` : name;
    const type = files.stat(joinPath(root, entry))?.type;
    if (type === "directory") found.push(...localFiles(call, root, entry));
    else if (type === "file") found.push(entry);
    if (found.length > FILES_LIMIT) throw new CliError("too many files to copy");
  }
  return found;
}

async function copyOut(call: Call, from: Spec, destination: string): Promise<void> {
  const { session } = call;
  const { files } = session.tool;
  const exec = await remote(call, from);
  const source = from.path.replace(/\/$/, "");
  const kind = (
    await exec(["sh", "-c", `if [ -d "$1" ]; then echo directory; elif [ -e "$1" ]; then echo file; fi`, "cp", source])
  ).trim();
  if (kind === "") throw new CliError(`tar: ${source}: Cannot stat: No such file or directory`);
  if (source.startsWith("/")) session.err("tar: Removing leading `/' from member names\n");
  const base = session.path(destination);
  const local =
    files.stat(base)?.type === "directory" ? (kind === "directory" ? base : joinPath(base, basename(source))) : base;
  const entries =
    kind === "directory" ? (await exec(["find", source, "-type", "f"])).split("\n").filter(Boolean) : [source];
  if (entries.length > FILES_LIMIT) throw new CliError("too many files to copy");
  for (const entry of entries) {
    const path = kind === "directory" ? joinPath(local, entry.slice(source.length + 1)) : local;
    files.makeDirectory(dirname(path), { recursive: true });
    files.writeFile(path, await exec(["cat", entry]));
  }
}

export const cp: Command = {
  name: "cp",
  use: "cp <file-spec-src> <file-spec-dest>",
  short: "Copy files and directories to and from containers",
  long: "Copy between this machine and a container. The container needs a shell.",
  examples: `# Into a pod
kubectl cp /tmp/foo some-pod:/tmp/bar

# Out of a container in another namespace
kubectl cp some-namespace/some-pod:/tmp/foo /tmp/bar -c some-container`,
  flags: [text("container", { short: "c" }), bool("no-preserve"), int("retries")],
  run,
  complete: "none",
};
