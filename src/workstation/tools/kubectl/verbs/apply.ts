import { createThreeWayJsonMergePatch } from "@/sim/apiserver/patch/json";
import { mergeSchemaOf } from "@/sim/apiserver/patch/merge-schema";
import { createThreeWayMergePatch } from "@/sim/apiserver/patch/strategic-diff";
import { groupVersionOf } from "../api/discovery";
import type { Call, Command } from "../command";
import { ApiError, CliError, isConflict, isNotFound, withSource } from "../errors";
import { all, DELETE_FLAGS, dryRun, FILE_FLAGS, manager, PRINT_FLAGS, selector, validate } from "../flags/groups";
import { bool, list, text } from "../flags/spec";
import { compactJson } from "../printers/json";
import { type DryRun, resultLine } from "../printers/output";
import { forEachInfo } from "../resource/builder";
import { loadFiles } from "../resource/files";
import { type Info, pathOf, typed } from "../resource/info";
import { matchesLabels } from "../resource/labels";
import {
  createObject,
  dryRunOf,
  fieldValidationOf,
  LAST_APPLIED,
  printerOf,
  withLastApplied,
  writeQuery,
} from "../resource/submit";
import { LAST_APPLIED_COMMANDS } from "./apply-last-applied";

/** Conflicts are tried again this often, as the real one does. */
const RETRIES = 5;

interface Applied {
  info: Info;
  object: any;
  operation: string;
}

async function run(call: Call): Promise<number> {
  const { session, flags, args } = call;
  if (args.length > 0)
    throw new CliError(`Unexpected args: [${args.join(" ")}]\nSee 'kubectl apply -h' for help and examples`);
  if (flags.bool("force-conflicts") && !flags.bool("server-side"))
    throw new CliError("--force-conflicts only works with --server-side");
  const dry = dryRunOf(call);
  if (dry === "client" && flags.bool("server-side"))
    throw new CliError("--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)");
  if (flags.list("filename").length === 0 && !flags.text("kustomize"))
    throw new CliError("must specify one of -f and -k");
  const strict = fieldValidationOf(call) !== "Ignore";
  const loaded = await loadFiles(session, flags, { ...(strict && { validate: "strict" }) });
  const infos = loaded.infos.filter(({ object }) =>
    matchesLabels(flags.text("selector"), object.metadata?.labels ?? {}),
  );
  if (infos.length === 0 && loaded.errors.length === 0) throw new CliError("no objects passed to apply");
  const applied: Applied[] = [];
  const printer = printerOf(call);
  const printNow = !printer;
  try {
    await forEachInfo({ infos, errors: loaded.errors, single: false }, async (info) => {
      const result = flags.bool("server-side") ? await applyOnServer(call, info, dry) : await applyOne(call, info, dry);
      applied.push(result);
      if (printNow) session.out(resultLine(info.resource, info.name, result.operation, dry));
    });
  } finally {
    if (printer) printApplied(call, applied);
  }
  return 0;
}

/** With `-o`, all that was applied is printed together: one object as itself, several in a List. */
function printApplied(call: Call, applied: Applied[]): void {
  const printer = printerOf(call)!;
  if (applied.length === 0) return;
  if (!printer.takesList || applied.length === 1) {
    for (const { object, info } of applied) call.session.out(printer.print(object, info.resource));
    return;
  }
  call.session.out(
    printer.print({ apiVersion: "v1", items: applied.map(({ object }) => object), kind: "List", metadata: {} }),
  );
}

async function applyOne(call: Call, info: Info, dry: DryRun): Promise<Applied> {
  const { session } = call;
  if (!info.name) {
    if (info.object.metadata?.generateName)
      throw new CliError(`from ${info.object.metadata.generateName}: cannot use generate name with apply`);
    throw new CliError(
      `error when retrieving current configuration of:\n${describeInfo(info)}\nfrom server for: ${JSON.stringify(info.source)}: resource name may not be empty`,
    );
  }
  const modified = withLastApplied(info.object);
  let current: any;
  try {
    current = await session.client.get(pathOf(info));
  } catch (error) {
    if (!isNotFound(error)) {
      throw error instanceof ApiError
        ? error.reworded(
            (message) =>
              `error when retrieving current configuration of:\n${describeInfo(info)}\nfrom server for: ${JSON.stringify(info.source)}: ${message}`,
          )
        : error;
    }
    try {
      const object = await createObject(call, { ...info, object: modified }, dry);
      return { info, object, operation: "created" };
    } catch (failure) {
      throw withSource("creating", info.source, failure as Error);
    }
  }
  if (!current.metadata?.annotations?.[LAST_APPLIED] && dry !== "client") warnMissing(call, info);
  if (current.metadata?.deletionTimestamp)
    session.err(`Warning: Detected changes to resource ${info.name} which is currently being deleted.\n`);
  return patchOne(call, info, modified, typed(info.resource, current), dry);
}

async function patchOne(call: Call, info: Info, modified: any, first: any, dry: DryRun): Promise<Applied> {
  const { session } = call;
  let current = first;
  for (let attempt = 0; ; attempt++) {
    const patch = threeWayPatch(info, modified, current);
    if (Object.keys(patch).length === 0) return { info, object: current, operation: "unchanged" };
    if (dry === "client") return { info, object: current, operation: "configured" };
    try {
      const object = await session.client.request("PATCH", pathOf(info), {
        headers: {
          "content-type": knowsMerging(info)
            ? "application/strategic-merge-patch+json"
            : "application/merge-patch+json",
        },
        query: writeQuery(call, dry),
        body: patch,
      });
      return { info, object, operation: "configured" };
    } catch (error) {
      if (isConflict(error) && attempt < RETRIES) {
        current = await session.client.get(pathOf(info));
        continue;
      }
      if (!(error instanceof ApiError)) throw error;
      throw error.reworded(
        (message) =>
          `error when applying patch:\n${compactJson(patch)}\nto:\n${describeInfo(info)}\nfor: ${JSON.stringify(info.source)}: error when patching ${JSON.stringify(info.source)}: ${message}`,
      );
    }
  }
}

/** What must change so that the live object is as the file says, minding what an earlier apply had set. */
export function threeWayPatch(info: Pick<Info, "resource">, modified: any, current: any): Record<string, any> {
  const last = current.metadata?.annotations?.[LAST_APPLIED];
  const original = last ? JSON.parse(last) : {};
  if (!knowsMerging(info)) return createThreeWayJsonMergePatch(original, modified, current) as Record<string, any>;
  return createThreeWayMergePatch(original, modified, current, mergeSchemaOf(info.resource.kind)) as Record<
    string,
    any
  >;
}

/** Kinds of definitions that the cluster's users made know no strategic merge. */
const knowsMerging = ({ resource }: Pick<Info, "resource">) =>
  !resource.group.includes(".") || resource.group.endsWith(".k8s.io");

function warnMissing({ session }: Call, info: Info): void {
  session.err(
    `Warning: resource ${info.resource.plural}/${info.name} is missing the ${LAST_APPLIED} annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.\n`,
  );
}

async function applyOnServer(call: Call, info: Info, dry: DryRun): Promise<Applied> {
  const { flags, session } = call;
  const manager = flags.changed("field-manager") ? flags.text("field-manager") : "kubectl";
  const query = { ...writeQuery(call, dry), fieldManager: manager, force: String(flags.bool("force-conflicts")) };
  const object = await session.client.request("PATCH", pathOf(info), {
    headers: { "content-type": "application/apply-patch+yaml" },
    query,
    body: info.object,
  });
  return { info, object, operation: "serverside-applied" };
}

/** How kubectl names an object in the middle of a message. */
export function describeInfo({ resource, name, namespace }: Info): string {
  const groupVersion = groupVersionOf(resource);
  const head = groupVersion.includes("/") ? groupVersion : `/${groupVersion}`;
  return `Resource: ${JSON.stringify(`${head}, Resource=${resource.plural}`)}, GroupVersionKind: ${JSON.stringify(`${head}, Kind=${resource.kind}`)}\nName: ${JSON.stringify(name)}, Namespace: ${JSON.stringify(namespace ?? "")}`;
}

export const apply: Command = {
  name: "apply",
  use: "apply (-f FILENAME | -k DIRECTORY)",
  short: "Apply a configuration to a resource by file name or stdin",
  long: "Make objects be as files describe them: those that do not exist are created, the others changed where they differ. What an earlier apply had set and the file no longer holds is removed.",
  examples: `# What a file describes
kubectl apply -f ./pod.yaml

# All files of a folder
kubectl apply -f ./manifests/

# From standard input
cat pod.yaml | kubectl apply -f -`,
  flags: [
    all,
    ...DELETE_FLAGS,
    dryRun,
    manager("kubectl-client-side-apply"),
    ...FILE_FLAGS,
    bool("force-conflicts"),
    bool("openapi-patch", { default: "true" }),
    bool("overwrite", { default: "true" }),
    ...PRINT_FLAGS,
    bool("prune"),
    list("prune-allowlist"),
    selector,
    bool("server-side"),
    text("subresource"),
    validate,
  ],
  commands: LAST_APPLIED_COMMANDS,
  run,
  complete: "none",
};
