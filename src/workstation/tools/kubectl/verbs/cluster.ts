import { groupResourceOf, groupVersionOf, type Resource, resourcePath } from "../api/discovery";
import { type Call, type Command, usageError } from "../command";
import { CliError } from "../errors";
import { noHeaders, TEMPLATE_FLAGS } from "../flags/groups";
import { bool, duration, list, text } from "../flags/spec";
import { printJson } from "../printers/json";
import { alignTabs, TABLE } from "../printers/tabwriter";
import { printYaml } from "../printers/yaml";
import { typed } from "../resource/info";

/** What this client calls itself. */
const CLIENT_VERSION = {
  major: "1",
  minor: "33",
  gitVersion: "v1.33.4",
  gitCommit: "74cdb4273a4cf7d2a52dd0fd5aaa0ef5a7f2ad51",
  gitTreeState: "clean",
  buildDate: "2025-08-27T10:17:44Z",
  goVersion: "go1.24.5",
  compiler: "gc",
  platform: "linux/amd64",
};
const KUSTOMIZE_VERSION = "v5.6.0";

async function runVersion(call: Call): Promise<number> {
  const { session, flags } = call;
  const output = flags.text("output");
  if (output && output !== "json" && output !== "yaml") throw new CliError("--output must be 'yaml' or 'json'");
  let server: any;
  let failure: Error | undefined;
  if (!flags.bool("client")) {
    try {
      server = await session.client.get("/version");
    } catch (error) {
      failure = error as Error;
    }
  }
  const all = {
    clientVersion: CLIENT_VERSION,
    kustomizeVersion: KUSTOMIZE_VERSION,
    ...(server && { serverVersion: server }),
  };
  if (output === "json") session.out(`${JSON.stringify(all, null, 2)}\n`);
  else if (output === "yaml") session.out(printYaml(all));
  else
    session.out(
      `Client Version: ${CLIENT_VERSION.gitVersion}\nKustomize Version: ${KUSTOMIZE_VERSION}\n${server ? `Server Version: ${server.gitVersion}\n` : ""}`,
    );
  if (failure) throw failure;
  return 0;
}

const color = (call: Call, code: number, words: string) =>
  call.session.tool.isTty(1) ? `\u001b[0;${code}m${words}\u001b[0m` : words;
const GREEN = 32;
const YELLOW = 33;

async function runClusterInfo(call: Call): Promise<number> {
  const { session } = call;
  const { server } = session.client.connection;
  const services = await session.discovery.require("services");
  const found = await session.client.get(resourcePath(services, "kube-system"), {
    labelSelector: "kubernetes.io/cluster-service=true",
  });
  const line = (name: string, address: string) =>
    session.out(`${color(call, GREEN, name)} is running at ${color(call, YELLOW, address)}\n`);
  line("Kubernetes control plane", server);
  for (const service of found.items ?? []) {
    const name = service.metadata.labels?.["kubernetes.io/name"] ?? service.metadata.name;
    const [port] = service.spec?.ports ?? [];
    const scheme = port?.name === "https" || port?.port === 443 ? "https:" : "";
    const address = `${scheme}${service.metadata.name}:${port?.name ?? ""}`.replace(/:$/, "");
    line(name, `${server}/api/v1/namespaces/${service.metadata.namespace}/services/${address}/proxy`);
  }
  session.out("\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n");
  return 0;
}

const DUMPED = [
  "events",
  "replicationcontrollers",
  "services",
  "daemonsets.apps",
  "deployments.apps",
  "replicasets.apps",
  "pods",
];

async function runDump(call: Call): Promise<number> {
  const { session, flags } = call;
  const print = flags.text("output") === "yaml" ? printYaml : printJson;
  const directory = flags.text("output-directory");
  const write = (path: string, content: string) => {
    if (!directory || directory === "-") session.out(content);
    else {
      const target = session.path(`${directory}/${path}`);
      session.tool.files.makeDirectory(target.slice(0, target.lastIndexOf("/")), { recursive: true });
      session.tool.files.writeFile(target, content);
    }
  };
  const listOf = async (resource: Resource, namespace?: string) => {
    const answer = await session.client.get(resourcePath(resource, namespace));
    return { ...answer, items: (answer.items ?? []).map((item: any) => typed(resource, item)) };
  };
  write("nodes.json", print(await listOf(await session.discovery.require("nodes"))));
  const chosen = flags.list("namespaces");
  const namespaces = flags.bool("all-namespaces")
    ? (await listOf(await session.discovery.require("namespaces"))).items.map((each: any) => each.metadata.name)
    : chosen.length > 0
      ? chosen
      : ["kube-system", session.namespace];
  for (const namespace of new Set<string>(namespaces)) {
    let pods: any[] = [];
    for (const word of DUMPED) {
      const resource = await session.discovery.find(word);
      if (!resource) continue;
      const answer = await listOf(resource, namespace);
      if (resource.plural === "pods") pods = answer.items;
      write(`${namespace}/${resource.plural}.json`, print(answer));
    }
    for (const pod of pods) await dumpLogs(call, pod, write);
  }
  if (directory && directory !== "-") session.out(`Cluster info dumped to ${directory}\n`);
  return 0;
}

async function dumpLogs({ session }: Call, pod: any, write: (path: string, content: string) => void): Promise<void> {
  const { namespace, name } = pod.metadata;
  const pods = await session.discovery.require("pods");
  for (const container of pod.spec.containers) {
    const head = `==== START logs for container ${container.name} of pod ${namespace}/${name} ====\n`;
    let body: string;
    try {
      body = String(
        await session.client.get(resourcePath(pods, namespace, name, "log"), { container: container.name }),
      );
    } catch (error) {
      body = `Request log error: ${(error as Error).message}\n`;
    }
    write(
      `${namespace}/${name}/logs.txt`,
      `${head}${body}==== END logs for container ${container.name} of pod ${namespace}/${name} ====\n`,
    );
  }
}

async function runApiVersions(call: Call): Promise<number> {
  if (call.args.length > 0) throw usageError(call, `unexpected arguments: [${call.args.join(" ")}]`);
  const { groups } = await call.session.discovery.groupVersions();
  const lines = groups.flatMap(({ name, versions }) =>
    versions.map((version) => groupVersionOf({ group: name, version })),
  );
  call.session.out(
    lines
      .sort()
      .map((line) => `${line}\n`)
      .join(""),
  );
  return 0;
}

async function runApiResources(call: Call): Promise<number> {
  const { session, flags } = call;
  const output = flags.text("output");
  if (output && output !== "wide" && output !== "name") throw new CliError(`--output ${output} is not available`);
  if (call.args.length > 0)
    throw new CliError(
      `unexpected arguments: [${call.args.join(" ")}]\nSee 'kubectl api-resources -h' for help and examples`,
    );
  const resources = preferred(await session.discovery.listed()).filter((each) => isWanted(call, each));
  const sortBy = flags.text("sort-by");
  if (sortBy && sortBy !== "name" && sortBy !== "kind") throw new CliError("--sort-by accepts only name or kind");
  const key = (each: Resource) =>
    sortBy === "name" ? each.plural : sortBy === "kind" ? each.kind : `${each.group}\u0000${each.plural}`;
  resources.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
  if (output === "name") {
    session.out(resources.map((each) => `${each.plural}${each.group ? `.${each.group}` : ""}\n`).join(""));
    return 0;
  }
  const wide = output === "wide";
  const lines = flags.bool("no-headers")
    ? []
    : [`NAME\tSHORTNAMES\tAPIVERSION\tNAMESPACED\tKIND${wide ? "\tVERBS\tCATEGORIES" : ""}`];
  for (const each of resources) {
    const cells = [each.plural, each.shortNames.join(","), groupVersionOf(each), String(each.namespaced), each.kind];
    if (wide) cells.push(each.verbs.join(","), each.categories.join(","));
    lines.push(cells.join("\t"));
  }
  if (lines.length > 0) session.out(alignTabs(`${lines.join("\n")}\n`, TABLE));
  return 0;
}

/** Each resource of a group once, in the version that comes first. */
function preferred(resources: readonly Resource[]): Resource[] {
  const byName = new Map<string, Resource>();
  for (const each of resources) if (!byName.has(groupResourceOf(each))) byName.set(groupResourceOf(each), each);
  return [...byName.values()];
}

function isWanted({ flags }: Call, each: Resource): boolean {
  if (flags.changed("api-group") && each.group !== flags.text("api-group")) return false;
  if (flags.changed("namespaced") && each.namespaced !== flags.bool("namespaced")) return false;
  if (!flags.list("verbs").every((verb) => each.verbs.includes(verb))) return false;
  return flags.list("categories").every((category) => each.categories.includes(category));
}

export const version: Command = {
  name: "version",
  use: "version [flags]",
  short: "Print the client and server version information",
  examples: `# Of this kubectl and of the server
kubectl version`,
  flags: [bool("client"), text("output", { short: "o" })],
  run: runVersion,
  complete: "none",
};

export const clusterInfo: Command = {
  name: "cluster-info",
  use: "cluster-info [flags]",
  short: "Display cluster information",
  long: "Print the addresses of the control plane and of services with the label kubernetes.io/cluster-service=true.",
  examples: `# Where the control plane is
kubectl cluster-info`,
  commands: [
    {
      name: "dump",
      use: "cluster-info dump [flags]",
      short: "Dump relevant information for debugging and diagnosis",
      examples: `# Everything to the terminal
kubectl cluster-info dump

# Into a folder
kubectl cluster-info dump --output-directory=/path/to/cluster-state

# Of two namespaces
kubectl cluster-info dump --namespaces default,kube-system`,
      flags: [
        bool("all-namespaces", { short: "A" }),
        list("namespaces"),
        text("output", { short: "o", default: "json" }),
        text("output-directory"),
        duration("pod-running-timeout", { default: "20s" }),
        ...TEMPLATE_FLAGS,
      ],
      run: runDump,
      complete: "none",
    },
  ],
  run: runClusterInfo,
  complete: "none",
};

export const apiVersions: Command = {
  name: "api-versions",
  use: "api-versions",
  short: 'Print the supported API versions on the server, in the form of "group/version"',
  examples: `# What the server serves
kubectl api-versions`,
  run: runApiVersions,
  complete: "none",
};

export const apiResources: Command = {
  name: "api-resources",
  use: "api-resources [flags]",
  short: "Print the supported API resources on the server",
  examples: `# Every kind
kubectl api-resources

# With verbs and categories
kubectl api-resources -o wide

# Of one group
kubectl api-resources --api-group=rbac.authorization.k8s.io`,
  flags: [
    text("api-group"),
    bool("cached"),
    list("categories"),
    bool("namespaced", { default: "true" }),
    noHeaders,
    text("output", { short: "o" }),
    text("sort-by"),
    list("verbs"),
  ],
  run: runApiResources,
  complete: "none",
};
