import { parseRfc3339 } from "@/sim/kernel/time";
import type { Query } from "../api/client";
import { resourcePath } from "../api/discovery";
import { type Call, type Command, usageError } from "../command";
import { CliError, isNotFound, throwCollected } from "../errors";
import { selector } from "../flags/groups";
import { bool, duration, int, text } from "../flags/spec";
import { build } from "../resource/builder";
import type { Info } from "../resource/info";
import { chooseContainer, containersOf, podsOfWorkload } from "../resource/pods";
import { podTarget } from "./exec";

/** With `-l`, this many lines of each container unless `--tail` says otherwise. */
const SELECTED_TAIL = 10;

interface Source {
  pod: any;
  container: string;
}

async function run(call: Call): Promise<number> {
  const { flags } = call;
  const sources = await sourcesOf(call);
  const query = queryOf(call);
  if (flags.bool("follow")) return followAll(call, sources, query);
  for (const source of sources) {
    try {
      await printOne(call, source, query, sources.length > 1);
    } catch (error) {
      if (!flags.bool("ignore-errors")) throw error;
      call.session.out(`error: ${(error as Error).message}\n`);
    }
  }
  return 0;
}

async function sourcesOf(call: Call): Promise<Source[]> {
  const { session, flags, args } = call;
  const selected = flags.text("selector");
  if (args.length === 0 && !selected)
    throw usageError(
      call,
      "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command",
    );
  if (args.length > 0 && selected) throw usageError(call, "only a selector (-l) or a POD name is allowed");
  if (args.length > 2)
    throw usageError(
      call,
      "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command",
    );
  if (flags.text("container") && args.length === 2)
    throw usageError(call, "only one of -c or an inline [CONTAINER] arg is allowed");
  if (flags.changed("limit-bytes") && flags.int("limit-bytes") <= 0)
    throw new CliError("--limit-bytes must be greater than 0");
  if (flags.durationMs("since") < 0) throw new CliError("--since must be greater than 0");
  if (flags.durationMs("pod-running-timeout") <= 0)
    throw new CliError("--pod-running-timeout must be higher than zero");
  const asked = flags.text("container") || (args.length === 2 ? args[1]! : "");
  if (flags.bool("all-containers") && asked)
    throw new CliError(`--all-containers=true should not be specified with container name ${asked}`);
  if (selected) {
    const { infos, errors } = await build(call, { args: ["pods"], allowAll: true });
    throwCollected(errors);
    if (infos.length === 0) session.err(`No resources found in ${session.namespace} namespace.\n`);
    return infos.flatMap(({ object }) => containersFor(call, object, asked));
  }
  const info = await target(call, args[0]!);
  if (info.resource.kind === "Pod") return containersFor(call, info.object, asked);
  const pods = await podsOfWorkload(session, info);
  if (pods.length === 0) throw new CliError("timed out waiting for the condition");
  if (flags.bool("all-pods")) return pods.flatMap((pod) => containersFor(call, pod, asked));
  if (pods.length > 1) session.err(`Found ${pods.length} pods, using pod/${pods[0].metadata.name}\n`);
  return containersFor(call, pods[0], asked);
}

async function target(call: Call, word: string): Promise<Info> {
  try {
    return await podTarget(call, word);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    throw new CliError(
      `error from server (NotFound): ${error.message} in namespace ${JSON.stringify(call.session.namespace)}`,
    );
  }
}

function containersFor(call: Call, pod: any, asked: string): Source[] {
  const containers = containersOf(pod);
  if (call.flags.bool("all-containers")) {
    const ordered = [
      ...containers.filter(({ kind }) => kind === "init"),
      ...containers.filter(({ kind }) => kind !== "init"),
    ];
    return ordered.map(({ name }) => ({ pod, container: name }));
  }
  if (asked && !containers.some(({ name }) => name === asked))
    throw new CliError(`container ${asked} is not valid for pod ${pod.metadata.name}`);
  return [{ pod, container: chooseContainer(call.session, pod, asked) }];
}

function queryOf({ flags }: Call): Query {
  const query: Query = {};
  if (flags.bool("follow")) query.follow = "true";
  if (flags.bool("previous")) query.previous = "true";
  if (flags.bool("timestamps")) query.timestamps = "true";
  if (flags.bool("insecure-skip-tls-verify-backend")) query.insecureSkipTLSVerifyBackend = "true";
  if (flags.durationMs("since") > 0 && flags.text("since-time"))
    throw new CliError("at most one of `sinceTime` or `sinceSeconds` may be specified");
  if (flags.durationMs("since") > 0) query.sinceSeconds = String(Math.ceil(flags.durationMs("since") / 1000));
  if (flags.text("since-time")) {
    if (parseRfc3339(flags.text("since-time")) === undefined)
      throw new CliError(
        `parsing time ${JSON.stringify(flags.text("since-time"))} as "2006-01-02T15:04:05Z07:00": cannot parse ${JSON.stringify(flags.text("since-time"))} as "2006"`,
      );
    query.sinceTime = flags.text("since-time");
  }
  const tail = flags.int("tail");
  if (flags.changed("tail") && tail < -1) throw new CliError("--tail must be greater than or equal to -1");
  if (tail >= 0) query.tailLines = String(tail);
  else if (flags.text("selector") && !flags.changed("tail")) query.tailLines = String(SELECTED_TAIL);
  if (flags.int("limit-bytes") > 0) query.limitBytes = String(flags.int("limit-bytes"));
  return query;
}

const pathOf = async ({ session }: Call, pod: any) =>
  resourcePath(await session.discovery.require("pods"), pod.metadata.namespace, pod.metadata.name, "log");

const prefixOf = ({ flags }: Call, { pod, container }: Source) =>
  flags.bool("prefix") || flags.bool("all-pods") ? `[pod/${pod.metadata.name}/${container}] ` : "";

async function printOne(call: Call, source: Source, query: Query, many: boolean): Promise<void> {
  const answer = await call.session.client.get(await pathOf(call, source.pod), {
    ...query,
    container: source.container,
  });
  const text = typeof answer === "string" ? answer : String(answer ?? "");
  call.session.out(prefixed(text, prefixOf(call, source)));
  if (many && text !== "" && !text.endsWith("\n")) call.session.out("\n");
  await call.session.flush();
}

function prefixed(text: string, prefix: string): string {
  if (prefix === "" || text === "") return text;
  const ended = text.endsWith("\n");
  const lines = (ended ? text.slice(0, -1) : text).split("\n");
  return lines.map((line) => `${prefix}${line}`).join("\n") + (ended ? "\n" : "");
}

async function followAll(call: Call, sources: Source[], query: Query): Promise<number> {
  const limit = call.flags.int("max-log-requests");
  if (sources.length > limit) {
    throw new CliError(
      `you are attempting to follow ${sources.length} log streams, but maximum allowed concurrency is ${limit}, use --max-log-requests to increase the limit`,
    );
  }
  await Promise.all(sources.map((source) => followOne(call, source, query)));
  return 0;
}

async function followOne(call: Call, source: Source, query: Query): Promise<void> {
  const { session } = call;
  const prefix = prefixOf(call, source);
  const stream = await session.client.connect(await pathOf(call, source.pod), {
    ...query,
    container: source.container,
  });
  let partial = "";
  stream.onData((_, data) => {
    if (prefix === "") {
      session.out(data);
      return;
    }
    const lines = (partial + data).split("\n");
    partial = lines.pop() ?? "";
    session.out(lines.map((line) => `${prefix}${line}\n`).join(""));
  });
  await session.tool.wait(stream.closed);
  if (partial) session.out(`${prefix}${partial}`);
}

export const logs: Command = {
  name: "logs",
  use: "logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]",
  short: "Print the logs for a container in a pod",
  long: "Print what a container has written. Of a pod with several containers, one may be named.",
  examples: `# Of the only container
kubectl logs nginx

# Of one container, as it comes
kubectl logs -f -c ruby web-1

# Of the run before the last restart
kubectl logs -p -c ruby web-1

# The last 20 lines, with times
kubectl logs --tail=20 --timestamps nginx

# Of every container with a label
kubectl logs -l app=nginx --all-containers=true`,
  flags: [
    bool("all-containers"),
    bool("all-pods"),
    text("container", { short: "c" }),
    bool("follow", { short: "f" }),
    bool("ignore-errors"),
    bool("insecure-skip-tls-verify-backend"),
    int("limit-bytes"),
    int("max-log-requests", { default: "5" }),
    duration("pod-running-timeout", { default: "20s" }),
    bool("prefix"),
    bool("previous", { short: "p" }),
    selector,
    duration("since"),
    text("since-time"),
    int("tail", { default: "-1" }),
    bool("timestamps"),
  ],
  run,
  complete: "pods-and-workloads",
};
