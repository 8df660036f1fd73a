import { mergeSchemaOf } from "@/sim/apiserver/patch/merge-schema";
import { createTwoWayMergePatch } from "@/sim/apiserver/patch/strategic-diff";
import type { Call, Command } from "../command";
import { CliError } from "../errors";
import { all, dryRun, FILE_FLAGS, manager, PRINT_FLAGS, selector } from "../flags/groups";
import { array, bool, list, text } from "../flags/spec";
import { build, forEachInfo } from "../resource/builder";
import { type Info, pathOf } from "../resource/info";
import { parseLabels } from "../resource/labels";
import { dryRunOf, report, writeQuery } from "../resource/submit";
import { setSubject } from "./set-subject";

type Dict = Record<string, any>;

/** The pod spec inside an object, or undefined where it has none. */
function podSpecOf(object: any): Dict | undefined {
  if (object.kind === "Pod") return object.spec;
  if (object.kind === "CronJob") return object.spec?.jobTemplate?.spec?.template?.spec;
  return object.spec?.template?.spec;
}

const thawed = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** Changes each object in hand, sends the difference, and says so; what did not change is passed over in silence. */
async function change(
  call: Call,
  args: string[],
  operation: string,
  edit: (draft: any, info: Info) => void,
  quietWhenSame = true,
): Promise<number> {
  const { session, flags } = call;
  const dry = dryRunOf(call);
  const built = await build(call, { args });
  await forEachInfo(built, async (info) => {
    const draft = thawed(info.object);
    edit(draft, info);
    const patch = createTwoWayMergePatch(info.object, draft, mergeSchemaOf(info.resource.kind));
    if (quietWhenSame && Object.keys(patch).length === 0) return;
    const local = dry === "client" || flags.bool("local");
    const object = local
      ? draft
      : await session.client.request("PATCH", pathOf(info), {
          headers: { "content-type": "application/strategic-merge-patch+json" },
          query: writeQuery(call, dry),
          body: patch,
        });
    report(call, info, object, operation, dry);
  });
  return 0;
}

/** Arguments that name resources, and the `key=value` behind them. */
function split(args: string[], what: string): { targets: string[]; pairs: string[] } {
  const first = args.findIndex((arg) => arg.includes("=") || (arg.endsWith("-") && arg.length > 1));
  if (first < 0) return { targets: args, pairs: [] };
  const late = args.slice(first).find((arg) => !arg.includes("=") && !arg.endsWith("-"));
  if (late) throw new CliError(`all resources must be specified before ${what} changes: ${late}`);
  return { targets: args.slice(0, first), pairs: args.slice(first) };
}

const matchesName = (pattern: string, name: string) =>
  pattern === "*" ||
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".")}$`,
  ).test(name);

const containersOf = (spec: Dict): Dict[] => [...(spec.initContainers ?? []), ...(spec.containers ?? [])];

async function setImage(call: Call): Promise<number> {
  const { targets, pairs } = split(call.args, "image");
  if (targets.length > 0 && pairs.length === 0) throw new CliError("at least one image update is required");
  const images = pairs.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)] as const);
  return change(call, targets, "image updated", (draft, info) => {
    const spec = podSpecOf(draft);
    if (!spec) throw new CliError(`the object ${info.resource.kind}/${info.name} has no pod template`);
    for (const [name, image] of images) {
      const matching = containersOf(spec).filter((container) => name === "*" || container.name === name);
      if (matching.length === 0) throw new CliError(`unable to find container named ${JSON.stringify(name)}`);
      for (const container of matching) container.image = image;
    }
  });
}

async function setEnv(call: Call): Promise<number> {
  const { flags } = call;
  const { targets, pairs } = split(call.args, "environment variable");
  const all = [...pairs, ...flags.list("env")];
  if (flags.bool("list")) return listEnv(call, targets);
  if (targets.length === 0 && flags.list("filename").length === 0)
    throw new CliError("one or more resources must be specified as <resource> <name> or <resource>/<name>");
  const from = flags.text("from");
  const imported = from ? await importedEnv(call, from) : [];
  return change(call, targets, "env updated", (draft) => {
    for (const container of containersOf(podSpecOf(draft) ?? {})) {
      if (!matchesName(flags.text("containers"), container.name)) continue;
      const env: Dict[] = [...(container.env ?? [])];
      for (const each of imported) upsert(env, each);
      for (const pair of all) {
        if (!pair.includes("=")) env.splice(0, env.length, ...env.filter(({ name }) => name !== pair.slice(0, -1)));
        else upsert(env, { name: pair.slice(0, pair.indexOf("=")), value: pair.slice(pair.indexOf("=") + 1) });
      }
      if (env.length > 0 || container.env) container.env = env;
    }
  });
}

function upsert(env: Dict[], entry: Dict): void {
  const at = env.findIndex(({ name }) => name === entry.name);
  if (at >= 0) env[at] = entry;
  else env.push(entry);
}

/** `--from=configmap/name`: a variable for each key. */
async function importedEnv(call: Call, from: string): Promise<Dict[]> {
  const { infos, errors } = await build(call, { args: [from] });
  if (errors[0]) throw errors[0];
  const [info] = infos as [Info];
  const keys = Object.keys(info.object.data ?? {}).sort();
  const wanted = call.flags.list("keys");
  const reference = info.resource.kind === "Secret" ? "secretKeyRef" : "configMapKeyRef";
  return keys
    .filter((key) => wanted.length === 0 || wanted.includes(key))
    .map((key) => ({
      name: `${call.flags.text("prefix")}${key.toUpperCase().replace(/[^A-Z0-9_]/g, "_")}`,
      valueFrom: { [reference]: { name: info.name, key } },
    }));
}

async function listEnv(call: Call, targets: string[]): Promise<number> {
  await forEachInfo(await build(call, { args: targets }), async (info) => {
    for (const container of containersOf(podSpecOf(info.object) ?? {})) {
      call.session.out(`# ${info.resource.kind} ${info.name}, container ${container.name}\n`);
      for (const { name, value = "", valueFrom } of container.env ?? [])
        call.session.out(valueFrom ? `# ${name} from ${sourceText(valueFrom)}\n` : `${name}=${value}\n`);
    }
  });
  return 0;
}

function sourceText(from: any): string {
  if (from.fieldRef) return `field path ${from.fieldRef.fieldPath}`;
  if (from.secretKeyRef) return `secret ${from.secretKeyRef.name}, key ${from.secretKeyRef.key}`;
  if (from.configMapKeyRef) return `configmap ${from.configMapKeyRef.name}, key ${from.configMapKeyRef.key}`;
  return `resource field ${from.resourceFieldRef?.resource ?? ""}`;
}

async function setResources(call: Call): Promise<number> {
  const { flags, args } = call;
  const [limits, requests] = [amounts(flags.text("limits")), amounts(flags.text("requests"))];
  if (!limits && !requests)
    throw new CliError("you must specify an update to requests or limits (in the form of --requests/--limits)");
  return change(call, args, "resource requirements updated", (draft) => {
    for (const container of containersOf(podSpecOf(draft) ?? {})) {
      if (!matchesName(flags.text("containers"), container.name)) continue;
      container.resources = { ...container.resources };
      for (const [field, wanted] of [
        ["limits", limits],
        ["requests", requests],
      ] as const) {
        if (!wanted) continue;
        const merged: Dict = { ...container.resources[field], ...wanted };
        for (const name of Object.keys(merged)) if (merged[name] === "0") delete merged[name];
        container.resources[field] = merged;
      }
    }
  });
}

function amounts(source: string): Record<string, string> | undefined {
  if (!source) return undefined;
  const result: Record<string, string> = {};
  for (const part of source.split(",")) {
    const [name, amount] = part.split("=");
    if (!name || amount === undefined)
      throw new CliError(`Invalid argument syntax ${part}, expected <resource>=<value>`);
    result[name] = amount;
  }
  return result;
}

async function setServiceAccount(call: Call): Promise<number> {
  const account = call.args.at(-1);
  if (!account || (call.args.length < 2 && call.flags.list("filename").length === 0))
    throw new CliError("serviceaccount is required");
  return change(
    call,
    call.args.slice(0, -1),
    "serviceaccount updated",
    (draft) => {
      const spec = podSpecOf(draft);
      if (spec) {
        spec.serviceAccountName = account;
        spec.serviceAccount = account;
      }
    },
    false,
  );
}

async function setSelector(call: Call): Promise<number> {
  const expression = call.args.at(-1);
  if (!expression?.includes("=")) throw new CliError("one selector is required");
  return change(
    call,
    call.args.slice(0, -1),
    "selector updated",
    (draft) => {
      if (draft.kind !== "Service") throw new CliError("setting a selector is only supported for Services");
      draft.spec.selector = parseLabels(expression);
    },
    false,
  );
}

const common = [all, dryRun, manager("kubectl-set"), ...FILE_FLAGS, bool("local"), ...PRINT_FLAGS];

export const set: Command = {
  name: "set",
  use: "set SUBCOMMAND",
  short: "Set specific features on objects",
  long: "Change one thing of objects that exist: images, environment, resources, service account, selector.",
  commands: [
    {
      name: "env",
      use: "set env RESOURCE/NAME KEY_1=VAL_1 ... KEY_N=VAL_N",
      short: "Update environment variables on a pod template",
      examples: `# A variable for every container
kubectl set env deployment/registry STORAGE_DIR=/local

# What is set
kubectl set env deployment/sample-build --list

# From the keys of a config map
kubectl set env --from=configmap/myconfigmap deployment/myapp

# Take one away
kubectl set env deployment/d1 ENV-`,
      flags: [
        ...common,
        text("containers", { short: "c", default: "*" }),
        array("env", { short: "e" }),
        text("from"),
        list("keys"),
        bool("list"),
        bool("overwrite", { default: "true" }),
        text("prefix"),
        bool("resolve"),
        selector,
      ],
      run: setEnv,
    },
    {
      name: "image",
      use: "set image (-f FILENAME | TYPE NAME) CONTAINER_NAME_1=CONTAINER_IMAGE_1 ... CONTAINER_NAME_N=CONTAINER_IMAGE_N",
      short: "Update the image of a pod template",
      examples: `# A deployment's nginx container
kubectl set image deployment/nginx busybox=busybox nginx=nginx:1.9.1

# Every container
kubectl set image deployment/nginx *=nginx:1.9.1`,
      flags: [...common, selector],
      run: setImage,
    },
    {
      name: "resources",
      use: "set resources (-f FILENAME | TYPE NAME)  ([--limits=LIMITS & --requests=REQUESTS]",
      short: "Update resource requests/limits on objects with pod templates",
      examples: `# Limits for one container
kubectl set resources deployment nginx -c=nginx --limits=cpu=200m,memory=512Mi

# Limits and requests for all
kubectl set resources deployment nginx --limits=cpu=200m,memory=512Mi --requests=cpu=100m,memory=256Mi`,
      flags: [...common, text("containers", { short: "c", default: "*" }), text("limits"), text("requests"), selector],
      run: setResources,
    },
    {
      name: "selector",
      use: "set selector (-f FILENAME | TYPE NAME) EXPRESSIONS [--resource-version=version]",
      short: "Set the selector on a resource",
      examples: `# A Service that selects other pods
kubectl set selector service my-svc environment=qa`,
      flags: [...common.filter(({ name }) => name !== "kustomize"), text("resource-version")],
      run: setSelector,
    },
    {
      name: "serviceaccount",
      aliases: ["sa"],
      use: "set serviceaccount (-f FILENAME | TYPE NAME) SERVICE_ACCOUNT",
      short: "Update the service account of a resource",
      examples: `# Pods of the deployment act as serviceaccount1
kubectl set serviceaccount deployment nginx-deployment serviceaccount1`,
      flags: common,
      run: setServiceAccount,
    },
    setSubject,
  ],
};
