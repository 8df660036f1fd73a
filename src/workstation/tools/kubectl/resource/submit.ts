import type { Call } from "../command";
import { CliError } from "../errors";
import { compactJson } from "../printers/json";
import { type DryRun, printerFor, resultLine } from "../printers/output";
import { collectionOf, type Info } from "./info";

export const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

/** `--dry-run`, with the forms that the flag once took. */
export function dryRunOf(call: Pick<Call, "flags" | "session">): DryRun {
  if (!call.flags.has("dry-run")) return "none";
  const value = call.flags.text("dry-run");
  switch (value) {
    case "none":
    case "client":
    case "server":
      return value;
    case "unchanged":
      call.session.klog("W", "helpers.go:703", "--dry-run is deprecated and can be replaced with --dry-run=client.");
      return "client";
    case "true":
    case "1":
      call.session.klog(
        "W",
        "helpers.go:717",
        "--dry-run=true is deprecated (boolean value) and can be replaced with --dry-run=client.",
      );
      return "client";
    case "false":
    case "0":
      call.session.klog(
        "W",
        "helpers.go:717",
        "--dry-run=false is deprecated (boolean value) and can be replaced with --dry-run=none.",
      );
      return "none";
    default:
      throw new CliError(`Invalid dry-run value (${value}). Must be "none", "server", or "client".`);
  }
}

/** `--validate` as the server's `fieldValidation`. */
export function fieldValidationOf({ flags }: Pick<Call, "flags">): "Strict" | "Warn" | "Ignore" {
  const value = flags.has("validate") ? flags.text("validate") : "strict";
  if (value === "strict" || value === "true") return "Strict";
  if (value === "warn") return "Warn";
  if (value === "ignore" || value === "false") return "Ignore";
  throw new CliError(
    `invalid - validate option ${JSON.stringify(value)}; must be one of: strict (or true), warn, ignore (or false)`,
  );
}

/** The query of a write: who writes, how strictly, whether for real. */
export function writeQuery(call: Pick<Call, "flags" | "session">, dryRun: DryRun): Record<string, string> {
  const { flags } = call;
  return {
    ...(flags.has("field-manager") && flags.text("field-manager") && { fieldManager: flags.text("field-manager") }),
    ...(flags.has("validate") && { fieldValidation: fieldValidationOf(call) }),
    ...(dryRun === "server" && { dryRun: "All" }),
  };
}

/**
 * Notes the object's configuration in its own annotation, as `--save-config` and apply do. Without `noted`, what the
 * annotation would say is left out, and one that stands there stays.
 */
export function withLastApplied(object: any, noted = true): any {
  const { [LAST_APPLIED]: _, ...annotations } = object.metadata?.annotations ?? {};
  const bare = { ...object, metadata: { ...object.metadata, annotations } };
  if (!noted) return bare;
  return {
    ...bare,
    metadata: { ...bare.metadata, annotations: { ...annotations, [LAST_APPLIED]: `${compactJson(bare)}\n` } },
  };
}

/** Prints what became of an object: one line, or the object where `-o` asks for it. */
export function report(
  call: Call,
  info: Pick<Info, "resource" | "name">,
  object: any,
  operation: string,
  dryRun: DryRun = "none",
  ordered = false,
): void {
  const printer = printerOf(call);
  if (printer) call.session.out(printer.print(object, info.resource, ordered));
  else call.session.out(resultLine(info.resource, info.name, operation, dryRun));
}

const printers = new WeakMap<Call, ReturnType<typeof printerFor>>();

/** One printer per command line: YAML documents after the first are parted by `---`. */
export function printerOf(call: Call): ReturnType<typeof printerFor> {
  if (!printers.has(call))
    printers.set(
      call,
      call.flags.has("output")
        ? printerFor(call.flags, { readFile: (name) => call.session.readFile(name) })
        : undefined,
    );
  return printers.get(call);
}

/** Creates an object, unless the dry run is the client's; gives what the server made of it. */
export async function createObject(call: Call, info: Info, dryRun: DryRun): Promise<any> {
  if (dryRun === "client") return info.object;
  return call.session.client.request("POST", collectionOf(info), {
    query: writeQuery(call, dryRun),
    body: info.object,
  });
}
