import type { Call, Command } from "../command";
import { CliError } from "../errors";
import { all, allNamespaces, dryRun, FILE_FLAGS, fieldSelector, manager, PRINT_FLAGS, selector } from "../flags/groups";
import { bool, text } from "../flags/spec";
import { compactJson } from "../printers/json";
import { build, forEachInfo } from "../resource/builder";
import { type Info, pathOf } from "../resource/info";
import { dryRunOf, printerOf, report, writeQuery } from "../resource/submit";

/** labels and annotations are changed by the same rules, but for their words. */
type Field = "labels" | "annotations";

interface Changes {
  set: Map<string, string>;
  remove: string[];
}

function runOn(field: Field) {
  return async (call: Call): Promise<number> => {
    const { flags } = call;
    const { targets, pairs } = splitPairs(call.args, field === "labels" ? "label" : "annotation");
    const listing = flags.bool("list");
    if (targets.length === 0 && flags.list("filename").length === 0 && !flags.text("kustomize"))
      throw new CliError("one or more resources must be specified as <resource> <name> or <resource>/<name>");
    if (pairs.length === 0 && !listing)
      throw new CliError(`at least one ${field === "labels" ? "label" : "annotation"} update is required`);
    if (flags.bool("local") && targets.length > 0)
      throw new CliError("can only use local files by -f pod.yaml or --filename=pod.json when --local=true is set");
    const changes = parseChanges(pairs, field);
    const dry = dryRunOf(call);
    const built = await build(call, { args: targets });
    if (flags.text("resource-version") && built.infos.length > 1)
      throw new CliError("--resource-version may only be used with a single resource");
    await forEachInfo(built, async (info) => {
      if (listing) {
        printList(call, info, field, built.infos.length > 1);
        return;
      }
      await changeOne(call, info, field, changes, dry);
    });
    return 0;
  };
}

/** What names resources ends where the first `key=value` or `key-` stands. */
function splitPairs(args: string[], what: string): { targets: string[]; pairs: string[] } {
  const targets: string[] = [];
  const pairs: string[] = [];
  args.forEach((arg, index) => {
    const isPair = arg.includes("=") || (arg.endsWith("-") && index > 0);
    if (isPair) pairs.push(arg);
    else if (pairs.length > 0) throw new CliError(`all resources must be specified before ${what} changes: ${arg}`);
    else targets.push(arg);
  });
  return { targets, pairs };
}

const VALUE = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const VALUE_LIMIT = 63;
const VALUE_RULE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

function parseChanges(pairs: string[], field: Field): Changes {
  const changes: Changes = { set: new Map(), remove: [] };
  const word = field === "labels" ? "label" : "annotation";
  for (const pair of pairs) {
    const equals = pair.indexOf("=");
    if (equals >= 0) {
      const key = pair.slice(0, equals);
      const value = pair.slice(equals + 1);
      if (key === "" || (field === "labels" && value.includes("=")))
        throw new CliError(`invalid ${word} spec: ${pair}`);
      if (field === "labels" && value.length > VALUE_LIMIT)
        throw new CliError(
          `invalid label value: ${JSON.stringify(pair)}: must be no more than ${VALUE_LIMIT} characters`,
        );
      if (field === "labels" && !VALUE.test(value))
        throw new CliError(`invalid label value: ${JSON.stringify(pair)}: ${VALUE_RULE}`);
      changes.set.set(key, value);
    } else if (pair.endsWith("-")) changes.remove.push(pair.slice(0, -1));
    else throw new CliError(`unknown ${word} spec: ${pair}`);
  }
  for (const key of changes.remove)
    if (changes.set.has(key)) {
      throw new CliError(
        `can not both modify and remove ${field === "labels" ? "a label" : "an annotation"} in the same command`,
      );
    }
  return changes;
}

async function changeOne(
  call: Call,
  info: Info,
  field: Field,
  changes: Changes,
  dry: ReturnType<typeof dryRunOf>,
): Promise<void> {
  const { session, flags } = call;
  const old: Record<string, string> = info.object.metadata?.[field] ?? {};
  if (!flags.bool("overwrite")) {
    const taken = [...changes.set].filter(([key, value]) => key in old && old[key] !== value);
    if (taken.length > 0) {
      throw new CliError(
        field === "labels"
          ? taken.map(([key]) => `'${key}' already has a value (${old[key]}), and --overwrite is false`).join("\n")
          : `--overwrite is false but found the following declared annotation(s): ${taken.map(([key]) => `'${key}' already has a value (${old[key]})`).join("; ")}`,
      );
    }
  }
  const patch: Record<string, string | null> = {};
  for (const [key, value] of changes.set) if (old[key] !== value) patch[key] = value;
  for (const key of changes.remove) {
    if (key in old) patch[key] = null;
    else if (field === "labels") session.out(`label ${JSON.stringify(key)} not found.\n`);
  }
  const version = flags.text("resource-version");
  const body = {
    metadata: {
      ...(Object.keys(patch).length > 0 && { [field]: patch }),
      ...(version && { resourceVersion: version }),
    },
  };
  const nothing = Object.keys(patch).length === 0;
  const changed = changedLocally(info.object, field, patch);
  let object = changed;
  if (dry !== "client" && !flags.bool("local") && !(nothing && field === "labels" && !version)) {
    object = await session.client.request("PATCH", pathOf(info), {
      headers: { "content-type": "application/merge-patch+json" },
      query: writeQuery(call, dry),
      body: nothing && !version ? {} : body,
    });
  }
  report(
    call,
    info,
    object,
    field === "annotations" ? "annotated" : labelMessage(info.object, changed, flags.bool("overwrite")),
    dry,
  );
}

function changedLocally(object: any, field: Field, patch: Record<string, string | null>): any {
  const values = { ...object.metadata?.[field] };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete values[key];
    else values[key] = value;
  }
  const { [field]: _, ...metadata } = object.metadata;
  return { ...object, metadata: { ...metadata, ...(Object.keys(values).length > 0 && { [field]: values }) } };
}

function labelMessage(old: any, changed: any, overwrite: boolean): string {
  const [before, after] = [compactJson(old), compactJson(changed)];
  if (before === after) return "not labeled";
  return !overwrite && after.length < before.length ? "unlabeled" : "labeled";
}

function printList(call: Call, info: Info, field: Field, many: boolean): void {
  const values: Record<string, string> = info.object.metadata?.[field] ?? {};
  if (printerOf(call)) {
    report(call, info, info.object, "");
    return;
  }
  let margin = "";
  if (many) {
    margin = " ";
    const place = info.namespace ? `${info.resource.kind}: namespace ${info.namespace}, name ` : "";
    call.session.out(`Listing ${field} for ${place || `${info.resource.kind}.${info.resource.group}/`}${info.name}:\n`);
  }
  for (const key of Object.keys(values).sort()) call.session.out(`${margin}${key}=${values[key]}\n`);
}

const flagsOf = (fieldManager: string) => [
  all,
  allNamespaces,
  dryRun,
  manager(fieldManager),
  fieldSelector,
  ...FILE_FLAGS,
  bool("list"),
  bool("local"),
  ...PRINT_FLAGS,
  bool("overwrite"),
  text("resource-version"),
  selector,
];

export const label: Command = {
  name: "label",
  use: "label [--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N [--resource-version=version]",
  short: "Update the labels on a resource",
  long: "Set labels (key=value) and take them away (key-). A label that has a value keeps it unless --overwrite is given.",
  examples: `# A label for a pod
kubectl label pods foo unhealthy=true

# Over the value that is there
kubectl label --overwrite pods foo status=unhealthy

# Away with it
kubectl label pods foo bar-`,
  flags: flagsOf("kubectl-label"),
  run: runOn("labels"),
};

export const annotate: Command = {
  name: "annotate",
  use: "annotate [--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N [--resource-version=version]",
  short: "Update the annotations on a resource",
  long: "Set annotations (key=value) and take them away (key-). They may hold any text.",
  examples: `# A note on a pod
kubectl annotate pods foo description='my frontend'

# Away with it
kubectl annotate pods foo description-`,
  flags: flagsOf("kubectl-annotate"),
  run: runOn("annotations"),
};
