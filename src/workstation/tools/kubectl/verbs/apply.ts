import type { Resource } from "../api/discovery";
import type { Call, Command } from "../command";
import { CliError } from "../errors";
import { all, DELETE_FLAGS, dryRun, FILE_FLAGS, manager, PRINT_FLAGS, selector, validate } from "../flags/groups";
import { bool, list, text } from "../flags/spec";
import { type DryRun, resultLine } from "../printers/output";
import { forEachInfo } from "../resource/builder";
import { loadFiles } from "../resource/files";
import { pathOf } from "../resource/info";
import { matchesLabels } from "../resource/labels";
import { dryRunOf, fieldValidationOf, printerOf } from "../resource/submit";
import { type Applied, applyClientSide } from "./apply/client-side";
import { allowlistOf, prunable, Visited } from "./apply/prune";
import { applyServerSide } from "./apply/server-side";
import { LAST_APPLIED_COMMANDS } from "./apply-last-applied";
import { propagationOf } from "./delete";

async function run(call: Call): Promise<number> {
  const { session, flags, args } = call;
  if (args.length > 0)
    throw new CliError(`Unexpected args: [${args.join(" ")}]\nSee 'kubectl apply -h' for help and examples`);
  const dry = dryRunOf(call);
  if (flags.list("filename").length === 0 && !flags.text("kustomize"))
    throw new CliError("must specify one of -f and -k");
  const strict = fieldValidationOf(call) !== "Ignore";
  const allowed = flags.bool("prune") ? await allowlistOf(call) : [];
  refuseContradictions(call, dry);
  const visited = new Visited();
  if (session.namespaceEnforced) visited.namespaces.add(session.namespace);
  const loaded = await loadFiles(session, flags, { ...(strict && { validate: "strict" }) });
  const infos = loaded.infos.filter(({ object }) =>
    matchesLabels(flags.text("selector"), object.metadata?.labels ?? {}),
  );
  if (infos.length === 0 && loaded.errors.length === 0) throw new CliError("no objects passed to apply");
  const printer = printerOf(call);
  const atOnce = !printer || flags.text("output") === "name";
  const applied: Applied[] = [];
  await forEachInfo({ infos, errors: loaded.errors, single: false }, async (info) => {
    const result = flags.bool("server-side")
      ? await applyServerSide(call, info, dry)
      : await applyClientSide(call, info, dry);
    applied.push(result);
    visited.mark(info, result.object);
    if (atOnce)
      session.out(
        printer?.print(result.object, info.resource) ?? resultLine(info.resource, info.name, result.operation, dry),
      );
  });
  if (!atOnce) printApplied(call, applied);
  if (flags.bool("prune")) await prune(call, visited, allowed, dry);
  return 0;
}

function refuseContradictions({ flags }: Call, dry: DryRun): void {
  const on = (name: string) => flags.bool(name);
  const selected = flags.text("selector") !== "";
  if (on("force-conflicts") && !on("server-side"))
    throw new CliError("--force-conflicts only works with --server-side");
  if (dry === "client" && on("server-side"))
    throw new CliError("--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)");
  if (on("server-side") && on("force")) throw new CliError("--force cannot be used with --server-side");
  if (dry === "server" && on("force")) throw new CliError("--dry-run=server cannot be used with --force");
  if (on("all") && selected) throw new CliError("cannot set --all and --selector at the same time");
  if (on("prune")) {
    if (on("force")) throw new CliError("--force cannot be used with --prune");
    if (!on("all") && !selected)
      throw new CliError(
        "all resources selected for prune without explicitly passing --all. To prune all resources, pass the --all flag. If you did not mean to prune all resources, specify a label selector",
      );
    if (on("server-side"))
      throw new CliError("--prune is in alpha and doesn't currently work on objects created by server-side apply");
  }
  if (flags.text("subresource") && !on("server-side"))
    throw new CliError("--subresource can only be specified for --server-side");
}

async function prune(call: Call, visited: Visited, allowed: Resource[], dry: DryRun): Promise<void> {
  const { session, flags } = call;
  const grace = flags.int("grace-period");
  for (const info of await prunable(call, visited, allowed)) {
    if (dry !== "client")
      await session.client.request("DELETE", pathOf(info), {
        ...(dry === "server" && { query: { dryRun: "All" } }),
        body: {
          kind: "DeleteOptions",
          apiVersion: "v1",
          ...(grace >= 0 && { gracePeriodSeconds: grace }),
          propagationPolicy: propagationOf(call),
        },
      });
    const printer = printerOf(call);
    session.out(
      printer ? printer.print(info.object, info.resource) : resultLine(info.resource, info.name, "pruned", dry),
    );
  }
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
