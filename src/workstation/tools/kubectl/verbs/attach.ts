import { resourcePath } from "../api/discovery";
import type { Call, Command } from "../command";
import { CliError } from "../errors";
import { bool, duration, text } from "../flags/spec";
import { chooseContainer, podFor } from "../resource/pods";
import { runStream, ttyOf } from "../resource/stream";
import { podTarget } from "./exec";

/** What the real one says while the shell behind is silent. */
const PROMPT_HINT = "If you don't see a command prompt, try pressing enter.\n";

async function run(call: Call): Promise<number> {
  const { session, flags, args } = call;
  if (args.length === 0) throw new CliError("at least 1 argument is required for attach");
  if (args.length > 2)
    throw new CliError(
      `expected POD, TYPE/NAME, or TYPE NAME, (at most 2 arguments) saw ${args.length}: [${args.join(" ")}]`,
    );
  const info = await podTarget(call, args.length === 2 ? `${args[0]}/${args[1]}` : args[0]!);
  const pod = await podFor(session, info, flags.durationMs("pod-running-timeout"));
  return attachTo(call, pod, flags.text("container"), flags.bool("stdin"), flags.bool("tty"));
}

/** Attaches this process's streams to a running container. */
export async function attachTo(
  call: Call,
  pod: any,
  asked: string,
  stdin: boolean,
  wantsTty: boolean,
): Promise<number> {
  const { session, flags } = call;
  const phase = pod.status?.phase;
  if (phase === "Succeeded" || phase === "Failed")
    throw new CliError(`cannot attach a container in a completed pod; current phase is ${phase}`);
  const quiet = flags.bool("quiet");
  const container = chooseContainer(session, pod, asked, quiet);
  const spec = (pod.spec?.containers ?? []).find((each: any) => each.name === container);
  let tty = ttyOf(session, wantsTty, stdin, quiet);
  if (tty && spec && !spec.tty) {
    if (!quiet) session.err(`error: Unable to use a TTY - container ${container} did not allocate one\n`);
    tty = false;
  }
  if (stdin && tty && !quiet) session.err(PROMPT_HINT);
  const query = {
    container,
    ...(stdin && { stdin: "true" }),
    stdout: "true",
    ...(!tty && { stderr: "true" }),
    ...(tty && { tty: "true" }),
  };
  const resource = await session.discovery.require("pods");
  return runStream(session, resourcePath(resource, pod.metadata.namespace, pod.metadata.name, "attach"), query, {
    stdin,
    tty,
  });
}

export const attach: Command = {
  name: "attach",
  use: "attach (POD | TYPE/NAME) -c CONTAINER",
  short: "Attach to a running container",
  long: "Connect this terminal to the process that a container already runs.",
  examples: `# Its output
kubectl attach mypod

# With input and a terminal
kubectl attach mypod -c ruby-container -i -t`,
  flags: [
    text("container", { short: "c" }),
    duration("pod-running-timeout", { default: "1m0s" }),
    bool("quiet", { short: "q" }),
    bool("stdin", { short: "i" }),
    bool("tty", { short: "t" }),
  ],
  run,
  complete: "pods-and-workloads",
};
