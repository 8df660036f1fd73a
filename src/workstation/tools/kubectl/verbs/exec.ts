import { resourcePath } from "../api/discovery";
import { type Call, type Command, usageError } from "../command";
import { CliError, throwCollected } from "../errors";
import { bool, duration, list, text } from "../flags/spec";
import { build } from "../resource/builder";
import { fetchInfo, type Info } from "../resource/info";
import { chooseContainer, podFor } from "../resource/pods";
import { runStream, ttyOf } from "../resource/stream";

/** What a bare word or TYPE/NAME means where a pod is asked for. */
export async function podTarget(call: Call, word: string, namespace = call.session.namespace): Promise<Info> {
  const { session } = call;
  if (word.includes("/")) {
    const built = await build(call, { args: [word] });
    throwCollected(built.errors);
    return built.infos[0]!;
  }
  const resource = await session.discovery.require("pods");
  return fetchInfo(session, { resource, namespace, name: word, source: "" });
}

const DEPRECATED =
  "kubectl exec [POD] [COMMAND] is DEPRECATED and will be removed in a future version. Use kubectl exec [POD] -- [COMMAND] instead.\n";

const NOT_SUPPORTED = "exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead";

async function run(call: Call): Promise<number> {
  const { session, flags, args, argsBeforeDash } = call;
  const files = flags.list("filename");
  if (args.length === 0 && files.length === 0) throw new CliError("pod, type/name or --filename must be specified");
  if (argsBeforeDash === 0 && files.length === 0) throw new CliError("pod, type/name or --filename must be specified");
  const named = files.length === 0;
  const command = args.slice(argsBeforeDash >= 0 ? argsBeforeDash : named ? 1 : 0);
  if (argsBeforeDash < 0 && named && command.length > 0 && !session.classic) throw usageError(call, NOT_SUPPORTED);
  if (command.length === 0) throw new CliError("you must specify at least one command for the container");
  if (argsBeforeDash < 0 && named) session.err(DEPRECATED);
  let info: Info;
  if (named) info = await podTarget(call, args[0]!);
  else {
    const built = await build(call, { args: [] });
    throwCollected(built.errors);
    if (built.infos.length > 1) throw new CliError("cannot exec into multiple objects at a time");
    info = built.infos[0]!;
  }
  const pod = await podFor(session, info, flags.durationMs("pod-running-timeout"));
  const phase = pod.status?.phase;
  if (phase === "Succeeded" || phase === "Failed")
    throw new CliError(`cannot exec into a container in a completed pod; current phase is ${phase}`);
  const quiet = flags.bool("quiet");
  const container = flags.text("container") || chooseContainer(session, pod, "", quiet);
  const stdin = flags.bool("stdin");
  const tty = ttyOf(session, flags.bool("tty"), stdin, quiet);
  const query = {
    container,
    command,
    ...(stdin && { stdin: "true" }),
    stdout: "true",
    ...(!tty && { stderr: "true" }),
    ...(tty && { tty: "true" }),
  };
  const resource = await session.discovery.require("pods");
  return runStream(session, resourcePath(resource, pod.metadata.namespace, pod.metadata.name, "exec"), query, {
    stdin,
    tty,
  });
}

export const exec: Command = {
  name: "exec",
  use: "exec (POD | TYPE/NAME) [-c CONTAINER] [flags] -- COMMAND [args...]",
  short: "Execute a command in a container",
  long: "Run a command inside a running container; with -i and -t it gets this terminal.",
  examples: `# One command
kubectl exec mypod -- date

# A shell
kubectl exec mypod -it -- sh

# In one of several containers
kubectl exec mypod -c ruby-container -- date`,
  flags: [
    text("container", { short: "c" }),
    list("filename", { short: "f" }),
    duration("pod-running-timeout", { default: "1m0s" }),
    bool("quiet", { short: "q" }),
    bool("stdin", { short: "i" }),
    bool("tty", { short: "t" }),
  ],
  run,
  complete: "pods-and-workloads",
};
