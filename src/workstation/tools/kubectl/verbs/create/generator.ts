import type { Resource } from "../../api/discovery";
import type { Call, Command } from "../../command";
import { usageError } from "../../command";
import { ApiError, CliError } from "../../errors";
import { dryRun, manager, PRINT_FLAGS, saveConfig, validate } from "../../flags/groups";
import type { FlagSpec } from "../../flags/spec";
import { infoOf } from "../../resource/info";
import { createObject, dryRunOf, report, withLastApplied } from "../../resource/submit";

/** A subcommand of `create` that makes its object from flags. */
export interface Generator {
  name: string;
  aliases?: string[];
  use: string;
  short: string;
  examples: string;
  flags?: FlagSpec[];
  required?: string[];
  /** The object (or a promise of it), in the order of Go's fields; the caller adds the namespace. */
  generate(call: Call, name: string): any;
  /** Words put before what the server refused; undefined: its own words only. */
  failure?(object: any): string;
}

export function generatorCommand(generator: Generator, prefix = "create"): Command {
  return {
    name: generator.name,
    ...(generator.aliases && { aliases: generator.aliases }),
    use: `${prefix} ${generator.use}`,
    short: generator.short,
    examples: generator.examples,
    flags: [dryRun, manager("kubectl-create"), ...PRINT_FLAGS, saveConfig, validate, ...(generator.flags ?? [])],
    ...(generator.required && { required: generator.required }),
    run: (call) => runGenerator(call, generator),
    complete: "none",
  };
}

async function runGenerator(call: Call, generator: Generator): Promise<number> {
  const { session, args, argsBeforeDash } = call;
  const names = argsBeforeDash >= 0 ? args.slice(0, argsBeforeDash) : args;
  if (names.length !== 1) throw usageError(call, `exactly one NAME is required, got ${names.length}`);
  const dry = dryRunOf(call);
  const generated = await generator.generate(call, names[0]!);
  const object =
    session.namespaceEnforced && !CLUSTER_SCOPED.has(generated.kind)
      ? inNamespace(generated, session.namespace)
      : generated;
  const saved = call.flags.bool("save-config") ? withLastApplied(object) : object;
  if (dry === "client") {
    const resource = { group: groupOf(saved.apiVersion), kind: saved.kind } as Resource;
    report(call, { resource, name: saved.metadata.name }, saved, "created", dry, true);
    return 0;
  }
  try {
    const resource = await session.discovery.forKind(saved.apiVersion, saved.kind);
    if (!resource) throw new ApiError(unknownResource);
    const info = infoOf(resource, saved);
    const created = await createObject(
      call,
      { ...info, namespace: resource.namespaced ? session.namespace : undefined },
      dry,
    );
    report(call, info, created, "created", dry);
    return 0;
  } catch (error) {
    if (error instanceof ApiError && generator.failure)
      throw new CliError(`${generator.failure(saved)} ${error.message}`);
    throw error;
  }
}

const unknownResource = {
  kind: "Status",
  apiVersion: "v1",
  metadata: {},
  status: "Failure",
  reason: "NotFound",
  code: 404,
  message: "the server could not find the requested resource",
} as const;

const CLUSTER_SCOPED = new Set(["Namespace", "ClusterRole", "ClusterRoleBinding", "PriorityClass"]);

const groupOf = (apiVersion: string) => (apiVersion.includes("/") ? apiVersion.split("/")[0]! : "");

function inNamespace(object: any, namespace: string): any {
  const { name, ...metadata } = object.metadata;
  return { ...object, metadata: { name, namespace, ...metadata } };
}

/** Head of an object made by a generator, as Go's zero values print it. */
export const metadata = (name: string, labels?: Record<string, string>) => ({
  name,
  creationTimestamp: null,
  ...(labels && { labels }),
});

/** What stands after `--`, or after the name: the container's command. */
export const commandOf = ({ args, argsBeforeDash }: Call): string[] =>
  argsBeforeDash >= 0 ? args.slice(argsBeforeDash) : args.slice(1);
