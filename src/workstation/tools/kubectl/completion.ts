import { resolvePath } from "@/posix/files/path";
import type { Completion, CompletionContext } from "../tool";
import { ApiClient } from "./api/client";
import { Discovery, resourcePath } from "./api/discovery";
import type { Command, CompletionKind } from "./command";
import { COMMANDS } from "./commands";
import { resolveConnection } from "./config/connection";
import { Kubeconfig } from "./config/kubeconfig";
import { findCommand } from "./dispatch";
import { GLOBAL_FLAGS } from "./flags/groups";
import { type FlagValues, parseFlags } from "./flags/parse";
import type { FlagSpec } from "./flags/spec";
import { containersOf } from "./resource/pods";

/** More names than this are not offered. */
const NAMES_LIMIT = 500;
const WORKLOADS = ["deployments.apps", "replicasets.apps", "replicationcontrollers"];
const FORMATS = [
  "custom-columns=",
  "custom-columns-file=",
  "go-template=",
  "go-template-file=",
  "json",
  "jsonpath=",
  "jsonpath-as-json=",
  "jsonpath-file=",
  "name",
  "wide",
  "yaml",
];

interface Ask {
  context: CompletionContext;
  flags: FlagValues;
  args: string[];
  word: string;
  discovery: Discovery;
  client: ApiClient;
}

/** What may stand at the cursor: commands, flags, their values, kinds, names of live objects. */
export async function complete(context: CompletionContext): Promise<Completion[]> {
  const words = context.words.slice(1);
  const word = words.at(-1) ?? "";
  const before = words.slice(0, -1);
  const { command, rest } = findCommand(before);
  const specs = [...(command?.flags ?? []), ...GLOBAL_FLAGS];
  try {
    const ask = askOf(context, specs, rest, word);
    const waiting = flagAwaitingValue(specs, before.at(-1));
    if (waiting) return await valuesOf(waiting.name, ask, word);
    const equals = /^(--([\w-]+)=)(.*)$/.exec(word);
    if (equals)
      return (await valuesOf(equals[2]!, ask, equals[3]!)).map((each) => ({
        ...each,
        value: `${equals[1]}${each.value}`,
      }));
    if (word.startsWith("-")) return flagNames(specs);
    return await argumentsFor(command, ask);
  } catch {
    return [];
  }
}

function askOf(context: CompletionContext, specs: FlagSpec[], rest: string[], word: string): Ask {
  const { flags, args } = lenientFlags(specs, rest);
  const config = Kubeconfig.load(
    { files: context.files, env: context.env, cwd: context.cwd, machine: { home: context.env.HOME ?? "/" } as never },
    flags.text("kubeconfig"),
  );
  const silent = {
    kube: context.kube,
    stderr: { write: async () => {} },
    wait: <T>(promise: Promise<T>) => promise,
    nowMs: 0,
    pid: 0,
    onEnd: () => {},
    sleep: async () => {},
  };
  const read = (path: string) => context.files.readFile(resolvePath(context.cwd, path));
  const client = new ApiClient(silent, resolveConnection(config, flags, read), { verbosity: 0 });
  return { context, flags, args, word, discovery: new Discovery(client), client };
}

/** The line is not finished: a flag that waits for its value at the end is left out. */
function lenientFlags(specs: FlagSpec[], rest: string[]) {
  try {
    return parseFlags(specs, rest);
  } catch {
    return parseFlags(specs, rest.slice(0, -1));
  }
}

function flagAwaitingValue(specs: FlagSpec[], previous: string | undefined): FlagSpec | undefined {
  if (!previous?.startsWith("-") || previous.includes("=") || previous === "--") return undefined;
  const spec = previous.startsWith("--")
    ? specs.find(({ name }) => `--${name}` === previous)
    : specs.find(({ short }) => short !== undefined && previous.endsWith(short));
  return spec && spec.bare === undefined ? spec : undefined;
}

const flagNames = (specs: FlagSpec[]): Completion[] =>
  specs
    .filter(({ hidden }) => !hidden)
    .map((spec) => (spec.bare === undefined ? { value: `--${spec.name}=`, open: true } : { value: `--${spec.name}` }));

const plain = (values: string[]): Completion[] => values.map((value) => ({ value }));

async function valuesOf(flag: string, ask: Ask, word: string): Promise<Completion[]> {
  switch (flag) {
    case "namespace":
      return plain(await namesOf(ask, "namespaces"));
    case "output":
      return FORMATS.map((value) => ({ value, ...(value.endsWith("=") && { open: true }) }));
    case "context":
    case "cluster":
    case "user":
      return plain(configNames(ask, `${flag}s` as "contexts"));
    case "container":
      return plain(await containerNames(ask));
    case "filename":
      return [];
    case "dry-run":
      return plain(["none", "client", "server"]);
    case "type":
      return plain(
        ["ClusterIP", "NodePort", "LoadBalancer", "ExternalName", "strategic", "merge", "json"].filter((value) =>
          value.startsWith(word),
        ),
      );
    case "cascade":
      return plain(["background", "foreground", "orphan"]);
    case "restart":
      return plain(["Always", "OnFailure", "Never"]);
    default:
      return [];
  }
}

function configNames({ context }: Ask, section: "contexts" | "clusters" | "users"): string[] {
  const config = Kubeconfig.load(
    { files: context.files, env: context.env, cwd: context.cwd, machine: { home: context.env.HOME ?? "/" } as never },
    "",
  );
  return config.entries(section).map(({ name }) => name);
}

async function namesOf({ discovery, client, flags }: Ask, type: string, offered = ""): Promise<string[]> {
  const resource = await discovery.find(type);
  if (!resource) return [];
  const everywhere = flags.has("all-namespaces") && flags.bool("all-namespaces");
  const list = await client.get(resourcePath(resource, everywhere ? undefined : client.connection.namespace), {
    limit: String(NAMES_LIMIT),
  });
  return (list.items ?? []).map((item: any) => `${offered}${item.metadata.name}`);
}

async function containerNames(ask: Ask): Promise<string[]> {
  const [first] = ask.args;
  if (!first) return [];
  const pods = await ask.discovery.require("pods");
  const name = first.replace(/^pods?\//, "");
  const pod = await ask.client.get(resourcePath(pods, ask.client.connection.namespace, name));
  return containersOf(pod).map(({ name: container }) => container);
}

async function argumentsFor(command: Command | undefined, ask: Ask): Promise<Completion[]> {
  if (!command) return plain(COMMANDS.filter(({ hidden }) => !hidden).map(({ name }) => name));
  const below = (command.commands ?? []).map(({ name }) => name);
  const own = command.run ? await byKind(command.complete ?? "resources", ask) : [];
  return [...plain(below), ...own];
}

async function byKind(kind: CompletionKind, ask: Ask): Promise<Completion[]> {
  const { args, word, discovery } = ask;
  switch (kind) {
    case "none":
      return [];
    case "contexts":
      return args.length === 0 ? plain(configNames(ask, "contexts")) : [];
    case "nodes":
      return plain(await namesOf(ask, "nodes"));
    case "types":
      return args.length === 0 ? plain((await discovery.all()).map(({ plural }) => plural)) : [];
    case "pods":
      return args.length === 0 ? plain(await namesOf(ask, "pods")) : [];
    case "pods-and-workloads":
      if (args.length > 0) return [];
      if (word.includes("/")) return plain(await namesOf(ask, word.split("/")[0]!, `${word.split("/")[0]}/`));
      return [
        ...plain(await namesOf(ask, "pods")),
        ...["deployment/", "replicaset/", "service/", "pod/"].map((value) => ({ value, open: true })),
      ];
    case "rollout":
    case "scalable":
      if (args.length === 0 && !word.includes("/")) {
        const types = kind === "rollout" ? ["deployment"] : ["deployment", "replicaset", "replicationcontroller"];
        const names = await Promise.all(
          WORKLOADS.slice(0, kind === "rollout" ? 1 : undefined).map(async (type) =>
            (await namesOf(ask, type)).map((name) => `${type.split(".")[0]!.replace(/s$/, "")}/${name}`),
          ),
        );
        return [...plain(types), ...plain(names.flat())];
      }
      return resourceArguments(ask);
    default:
      return resourceArguments(ask);
  }
}

async function resourceArguments(ask: Ask): Promise<Completion[]> {
  const { args, word, discovery } = ask;
  const slash = /^([\w.-]+)\//.exec(word);
  if (slash) return plain(await namesOf(ask, slash[1]!, `${slash[1]}/`));
  const comma = word.lastIndexOf(",");
  if (args.length === 0) {
    const head = comma < 0 ? "" : word.slice(0, comma + 1);
    return plain([...(await discovery.all()).map(({ plural }) => `${head}${plural}`), `${head}all`]);
  }
  const names = await namesOf(ask, args[0]!.split(",")[0]!);
  return plain(names.filter((name) => !args.slice(1).includes(name)));
}
