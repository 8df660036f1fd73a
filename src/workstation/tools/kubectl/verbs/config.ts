import { base64Encode } from "@/posix/files/bytes";
import { dirname } from "@/posix/files/path";
import type { Call, Command, CompletionKind } from "../command";
import { usageError } from "../command";
import { normalised } from "../config/kubeconfig";
import { CliError, ShowHelp, throwCollected } from "../errors";
import { TEMPLATE_FLAGS } from "../flags/groups";
import { parseBool } from "../flags/parse";
import { bool, type FlagSpec, text } from "../flags/spec";
import { printerFor } from "../printers/output";
import { alignTabs, TABLE } from "../printers/tabwriter";
import { printYaml } from "../printers/yaml";

type Section = "clusters" | "contexts" | "users";

const REDACTED: Record<string, string> = {
  "client-certificate-data": "DATA+OMITTED",
  "client-key-data": "DATA+OMITTED",
  "certificate-authority-data": "DATA+OMITTED",
  token: "REDACTED",
  password: "REDACTED",
};

function view(call: Call): number {
  const { session, flags } = call;
  if (call.args.length > 0) throw usageError(call, `unexpected arguments: [${call.args.join(" ")}]`);
  const data = normalised(flags.bool("minify") ? minified(call) : session.config.data);
  const shown = flags.bool("raw") || flags.bool("flatten") ? data : redacted(data);
  const printer = printerFor(flags, { readFile: (name) => session.readFile(name) });
  session.out(printer ? printer.print(shown) : printYaml(shown));
  return 0;
}

function minified({ session, flags }: Call): any {
  const { config } = session;
  const name = flags.text("context") || config.currentContext;
  if (!name) throw new CliError("current-context must exist in order to minify");
  const context = config.find("contexts", name);
  if (!context) throw new CliError(`cannot locate context ${name}`);
  const only = (section: Section, wanted: string) => {
    const found = config.entries(section).filter((entry) => entry.name === wanted);
    if (wanted && found.length === 0) throw new CliError(`cannot locate ${section.slice(0, -1)} ${wanted}`);
    return found;
  };
  return {
    ...config.data,
    "current-context": name,
    contexts: only("contexts", name),
    clusters: only("clusters", context.cluster),
    users: only("users", context.user),
  };
}

function redacted(value: any): any {
  if (Array.isArray(value)) return value.map(redacted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      typeof member === "string" && REDACTED[key] && member !== "" ? REDACTED[key] : redacted(member),
    ]),
  );
}

function getContexts(call: Call): number {
  const { session, flags, args } = call;
  const { config } = session;
  const output = flags.text("output");
  if (output && output !== "name")
    throw new CliError(
      `--output ${output} is not available in kubectl config get-contexts; resetting to default output format`,
    );
  const missing = args.filter((name) => !config.find("contexts", name));
  const names = config
    .entries("contexts")
    .map(({ name }) => name)
    .filter((name) => args.length === 0 || args.includes(name))
    .sort();
  const complain = () => throwCollected(missing.map((name) => new CliError(`context ${name} not found`)));
  if (output === "name") {
    session.out(names.map((name) => `${name}\n`).join(""));
    complain();
    return 0;
  }
  const lines = flags.bool("no-headers") ? [] : ["CURRENT\tNAME\tCLUSTER\tAUTHINFO\tNAMESPACE"];
  for (const name of names) {
    const context = config.find("contexts", name)!;
    lines.push(
      [
        name === config.currentContext ? "*" : "",
        name,
        context.cluster ?? "",
        context.user ?? "",
        context.namespace ?? "",
      ].join("\t"),
    );
  }
  if (lines.length > 0) session.out(alignTabs(`${lines.join("\n")}\n`, TABLE));
  complain();
  return 0;
}

const listNames = (section: Section) => (call: Call) => {
  const names = call.session.config.entries(section).map(({ name }) => name);
  call.session.out(
    `NAME\n${names
      .sort()
      .map((name) => `${name}\n`)
      .join("")}`,
  );
  return 0;
};

function oneName(call: Call): string {
  if (call.args.length !== 1) throw new ShowHelp(`Unexpected args: [${call.args.join(" ")}]`);
  return call.args[0]!;
}

function useContext(call: Call): number {
  const name = oneName(call);
  const { config } = call.session;
  if (!config.find("contexts", name)) throw new CliError(`no context exists with the name: ${JSON.stringify(name)}`);
  config.modify((data) => {
    data["current-context"] = name;
  });
  call.session.out(`Switched to context ${JSON.stringify(name)}.\n`);
  return 0;
}

/** Lays `changes` over an entry, made where it is missing; empty values take a setting away. */
function upsert(call: Call, section: Section, name: string, changes: Record<string, unknown>): boolean {
  const singular = section.slice(0, -1);
  const existed = call.session.config.find(section, name) !== undefined;
  call.session.config.modify((data) => {
    let entry = data[section].find((each: any) => each.name === name);
    if (!entry) {
      entry = { name, [singular]: {} };
      data[section].push(entry);
    }
    entry[singular] = { ...entry[singular], ...changes };
    for (const [key, value] of Object.entries(changes))
      if (value === "" || value === undefined) delete entry[singular][key];
  });
  return existed;
}

function given(call: Call, names: string[]): Record<string, unknown> {
  const changes: Record<string, unknown> = {};
  for (const name of names) if (call.flags.changed(name)) changes[name] = call.flags.text(name);
  return changes;
}

function setContext(call: Call): number {
  const { session, flags } = call;
  if (flags.bool("current") && call.args.length > 0)
    throw new CliError("you cannot specify both a context name and --current");
  if (!flags.bool("current") && call.args.length === 0)
    throw new CliError("you must specify a non-empty context name or --current");
  const name = flags.bool("current") ? session.config.currentContext : oneName(call);
  if (!name) throw new CliError("no current context is set");
  const existed = upsert(call, "contexts", name, given(call, ["cluster", "user", "namespace"]));
  session.out(`Context ${JSON.stringify(name)} ${existed ? "modified" : "created"}.\n`);
  return 0;
}

function setCluster(call: Call): number {
  const { session, flags } = call;
  const name = oneName(call);
  const insecure = flags.bool("insecure-skip-tls-verify");
  if (insecure && flags.text("certificate-authority"))
    throw new CliError("you cannot specify a certificate authority and insecure mode at the same time");
  if (flags.bool("embed-certs") && !flags.text("certificate-authority"))
    throw new CliError("you must specify a --certificate-authority to embed");
  const changes: Record<string, unknown> = flags.changed("server") ? { "tls-server-name": undefined } : {};
  Object.assign(changes, given(call, ["server", "tls-server-name", "proxy-url"]));
  if (flags.changed("insecure-skip-tls-verify")) changes["insecure-skip-tls-verify"] = insecure || undefined;
  if (insecure) Object.assign(changes, { "certificate-authority": undefined, "certificate-authority-data": undefined });
  if (flags.text("certificate-authority")) changes["insecure-skip-tls-verify"] = undefined;
  Object.assign(changes, certificates(call, ["certificate-authority"]));
  upsert(call, "clusters", name, changes);
  session.out(`Cluster ${JSON.stringify(name)} set.\n`);
  return 0;
}

function setCredentials(call: Call): number {
  const { flags } = call;
  if (call.args.length !== 1) throw new ShowHelp(`unexpected args: [${call.args.join(" ")}]`);
  const name = oneName(call);
  const basic = flags.text("username") !== "" || flags.text("password") !== "";
  if (flags.text("token") && basic)
    throw new CliError(
      "you cannot specify more than one authentication method at the same time: --token, --username/--password",
    );
  if (flags.bool("embed-certs") && !flags.text("client-certificate") && !flags.text("client-key"))
    throw new CliError("you must specify a --client-certificate or --client-key to embed");
  upsert(call, "users", name, {
    ...(flags.text("token") && { username: undefined, password: undefined }),
    ...(basic && { token: undefined }),
    ...given(call, ["token", "username", "password"]),
    ...certificates(call, ["client-certificate", "client-key"]),
  });
  call.session.out(`User ${JSON.stringify(name)} set.\n`);
  return 0;
}

/** Files of keys and certificates: by their path, or with `--embed-certs` by their content. */
function certificates(call: Call, names: string[]): Record<string, unknown> {
  const changes: Record<string, unknown> = {};
  for (const name of names) {
    if (!call.flags.changed(name)) continue;
    const path = call.flags.text(name);
    if (call.flags.bool("embed-certs")) {
      if (!call.session.tool.files.stat(call.session.path(path)))
        throw new CliError(`could not stat ${name} file ${path}: stat ${path}: no such file or directory`);
      changes[`${name}-data`] = base64Encode(call.session.readFile(path));
      changes[name] = undefined;
    } else {
      changes[name] = path && beside(call, path);
      changes[`${name}-data`] = undefined;
    }
  }
  return changes;
}

/** As the file will hold it: a path within the kubeconfig's own folder is written from there. */
function beside({ session }: Call, path: string): string {
  const whole = session.path(path);
  const folder = dirname(session.path(session.config.paths[0]!));
  return whole.startsWith(`${folder}/`) ? whole.slice(folder.length + 1) : whole;
}

const remover = (section: Section, what: string) => (call: Call) => {
  if (call.args.length !== 1) {
    if (section === "users") throw usageError(call, "user to delete is required");
    throw new ShowHelp();
  }
  const name = oneName(call);
  const { config } = call.session;
  const file = config.paths[0];
  if (!config.find(section, name)) throw new CliError(`cannot delete ${what} ${name}, not in ${file}`);
  if (section === "contexts" && config.currentContext === name)
    call.session.err(
      `warning: this removed your active context, use "kubectl config use-context" to select a different one\n`,
    );
  const path = config.modify((data) => {
    data[section] = data[section].filter((each: any) => each.name !== name);
  });
  call.session.out(`deleted ${what} ${name} from ${path}\n`);
  return 0;
};

function renameContext(call: Call): number {
  if (call.args.length !== 2) throw new ShowHelp(`Unexpected args: [${call.args.join(" ")}]`);
  const [from, to] = call.args as [string, string];
  const { config } = call.session;
  if (!config.find("contexts", from))
    throw new CliError(`cannot rename the context ${JSON.stringify(from)}, it's not in ${config.paths[0]}`);
  if (config.find("contexts", to))
    throw new CliError(
      `cannot rename the context ${JSON.stringify(from)}, the context ${JSON.stringify(to)} already exists in ${config.paths[0]}`,
    );
  config.modify((data) => {
    for (const entry of data.contexts) if (entry.name === from) entry.name = to;
    if (data["current-context"] === from) data["current-context"] = to;
  });
  call.session.out(`Context ${JSON.stringify(from)} renamed to ${JSON.stringify(to)}.\n`);
  return 0;
}

const PROPERTIES = [
  "kind",
  "apiVersion",
  "preferences",
  "clusters",
  "users",
  "contexts",
  "current-context",
  "extensions",
];

/** `contexts.podium.namespace` names a property; undefined takes it away. */
function setProperty(data: any, path: string, value: unknown): void {
  const [section, name, ...rest] = path.split(".");
  if (!PROPERTIES.includes(section!)) throw new CliError(`unable to parse ${path} after [] at api.Config`);
  if (rest.length === 0 && name === undefined) {
    data[section!] = value ?? "";
    return;
  }
  const entries: any[] = data[section!];
  if (!Array.isArray(entries)) throw new CliError(`unable to locate path ${path}`);
  const singular = section!.slice(0, -1);
  let entry = entries.find((each) => each.name === name);
  if (rest.length === 0) {
    if (value !== undefined) throw new CliError(`unable to parse ${path}`);
    data[section!] = entries.filter((each) => each.name !== name);
    return;
  }
  if (!entry) {
    entry = { name, [singular]: {} };
    entries.push(entry);
  }
  if (value === undefined) delete entry[singular][rest.join(".")];
  else setField(entry[singular], rest.join("."), String(value));
}

const BOOLEANS = ["insecure-skip-tls-verify", "disable-compression"];

/** A value as its field takes it: false is as good as nothing. */
function setField(entry: any, field: string, value: string): void {
  if (!BOOLEANS.includes(field)) {
    entry[field] = value;
    return;
  }
  const truth = parseBool(value);
  if (truth === undefined) throw new CliError(`strconv.ParseBool: parsing ${JSON.stringify(value)}: invalid syntax`);
  if (truth) entry[field] = true;
  else delete entry[field];
}

function setOne(call: Call): number {
  if (call.args.length !== 2) throw new ShowHelp(`Unexpected args: [${call.args.join(" ")}]`);
  const [property, value] = call.args as [string, string];
  call.session.config.modify((data) => setProperty(data, property, value));
  call.session.out(`Property ${JSON.stringify(property)} set.\n`);
  return 0;
}

function unsetOne(call: Call): number {
  const property = oneName(call);
  call.session.config.modify((data) => setProperty(data, property, undefined));
  call.session.out(`Property ${JSON.stringify(property)} unset.\n`);
  return 0;
}

function currentContext(call: Call): number {
  const { currentContext: name } = call.session.config;
  if (!name) throw new CliError("current-context is not set");
  call.session.out(`${name}\n`);
  return 0;
}

/** What help shows of each, by its name. */
const EXAMPLES: Record<string, string> = {
  "current-context": `# The one in force
kubectl config current-context`,
  "delete-cluster": `# Forget a cluster
kubectl config delete-cluster minikube`,
  "delete-context": `# Forget a context
kubectl config delete-context minikube`,
  "delete-user": `# Forget a user
kubectl config delete-user minikube`,
  "get-clusters": `# The clusters that kubectl knows
kubectl config get-clusters`,
  "get-contexts": `# All contexts
kubectl config get-contexts

# One
kubectl config get-contexts my-context`,
  "get-users": `# The users that kubectl knows
kubectl config get-users`,
  "rename-context": `# Another name
kubectl config rename-context old-name new-name`,
  set: `# The server of a cluster
kubectl config set clusters.my-cluster.server https://1.2.3.4`,
  "set-cluster": `# Where a cluster is
kubectl config set-cluster e2e --server=https://1.2.3.4`,
  "set-context": `# Another namespace for the context in force
kubectl config set-context --current --namespace=shop

# Another user for a context
kubectl config set-context gce --user=cluster-admin`,
  "set-credentials": `# A token
kubectl config set-credentials cluster-admin --token=TOKEN

# A certificate in the file itself
kubectl config set-credentials cluster-admin --client-certificate=~/.kube/admin.crt --embed-certs=true`,
  unset: `# No context is in force
kubectl config unset current-context`,
  "use-context": `# Another cluster
kubectl config use-context minikube`,
  view: `# All files together
kubectl config view

# With certificates and secrets
kubectl config view --raw

# One user's password
kubectl config view -o jsonpath='{.users[?(@.name == "e2e")].user.password}'`,
};

const command = (
  name: string,
  use: string,
  short: string,
  run: (call: Call) => number,
  flags: FlagSpec[] = [],
  complete: CompletionKind = "none",
): Command => ({
  name,
  use: `config ${use}`,
  short,
  ...(EXAMPLES[name] && { examples: EXAMPLES[name] }),
  flags,
  complete,
  run: async (call) => run(call),
});

export const config: Command = {
  name: "config",
  use: "config SUBCOMMAND",
  short: "Modify kubeconfig files",
  long: "Look at and change the kubeconfig: the file that --kubeconfig or $KUBECONFIG names, else ~/.kube/config.",
  commands: [
    command("current-context", "current-context [flags]", "Display the current-context", currentContext),
    command(
      "delete-cluster",
      "delete-cluster NAME",
      "Delete the specified cluster from the kubeconfig",
      remover("clusters", "cluster"),
    ),
    command(
      "delete-context",
      "delete-context NAME",
      "Delete the specified context from the kubeconfig",
      remover("contexts", "context"),
      [],
      "contexts",
    ),
    command(
      "delete-user",
      "delete-user NAME",
      "Delete the specified user from the kubeconfig",
      remover("users", "user"),
    ),
    command(
      "get-clusters",
      "get-clusters [flags]",
      "Display clusters defined in the kubeconfig",
      listNames("clusters"),
    ),
    command(
      "get-contexts",
      "get-contexts [(-o|--output=)name)]",
      "Describe one or many contexts",
      getContexts,
      [bool("no-headers"), text("output", { short: "o" })],
      "contexts",
    ),
    command("get-users", "get-users [flags]", "Display users defined in the kubeconfig", listNames("users")),
    command(
      "rename-context",
      "rename-context CONTEXT_NAME NEW_NAME",
      "Rename a context from the kubeconfig file",
      renameContext,
      [],
      "contexts",
    ),
    command("set", "set PROPERTY_NAME PROPERTY_VALUE", "Set an individual value in a kubeconfig file", setOne, [
      bool("set-raw-bytes"),
    ]),
    command(
      "set-cluster",
      "set-cluster NAME [--server=server] [--certificate-authority=path/to/certificate/authority] [--insecure-skip-tls-verify=true] [--tls-server-name=example.com]",
      "Set a cluster entry in kubeconfig",
      setCluster,
      [
        text("certificate-authority"),
        bool("embed-certs"),
        bool("insecure-skip-tls-verify"),
        text("proxy-url"),
        text("server"),
        text("tls-server-name"),
      ],
    ),
    command(
      "set-context",
      "set-context [NAME | --current] [--cluster=cluster_nickname] [--user=user_nickname] [--namespace=namespace]",
      "Set a context entry in kubeconfig",
      setContext,
      [text("cluster"), bool("current"), text("namespace"), text("user")],
      "contexts",
    ),
    command(
      "set-credentials",
      "set-credentials NAME [--client-certificate=path/to/certfile] [--client-key=path/to/keyfile] [--token=bearer_token] [--username=basic_user] [--password=basic_password]",
      "Set a user entry in kubeconfig",
      setCredentials,
      [
        text("client-certificate"),
        text("client-key"),
        bool("embed-certs"),
        text("password"),
        text("token"),
        text("username"),
      ],
    ),
    command("unset", "unset PROPERTY_NAME", "Unset an individual value in a kubeconfig file", unsetOne),
    {
      ...command(
        "use-context",
        "use-context CONTEXT_NAME",
        "Set the current-context in a kubeconfig file",
        useContext,
        [],
        "contexts",
      ),
      aliases: ["use"],
    },
    command("view", "view [flags]", "Display merged kubeconfig settings or a specified kubeconfig file", view, [
      bool("flatten"),
      bool("merge", { default: "true" }),
      bool("minify"),
      text("output", { short: "o", default: "yaml" }),
      bool("raw"),
      ...TEMPLATE_FLAGS,
    ]),
  ],
};
