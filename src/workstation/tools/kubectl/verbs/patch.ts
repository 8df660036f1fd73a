import { applyJsonPatch, applyMergePatch } from "@/sim/apiserver/patch/json";
import { mergeSchemaOf } from "@/sim/apiserver/patch/merge-schema";
import { applyStrategicMerge } from "@/sim/apiserver/patch/strategic";
import type { Call, Command } from "../command";
import { CliError } from "../errors";
import { dryRun, FILE_FLAGS, manager, PRINT_FLAGS } from "../flags/groups";
import { bool, text } from "../flags/spec";
import { compactJson } from "../printers/json";
import { build, forEachInfo } from "../resource/builder";
import { type Info, pathOf } from "../resource/info";
import { dryRunOf, report, writeQuery } from "../resource/submit";
import { parseYaml } from "../resource/yaml";

const TYPES: Record<string, string> = {
  json: "application/json-patch+json",
  merge: "application/merge-patch+json",
  strategic: "application/strategic-merge-patch+json",
};

async function run(call: Call): Promise<number> {
  const { session, flags } = call;
  const type = flags.text("type").toLowerCase();
  if (!flags.text("patch") && !flags.text("patch-file"))
    throw new CliError("must specify --patch or --patch-file containing the contents of the patch");
  if (flags.text("patch") && flags.text("patch-file"))
    throw new CliError("cannot specify --patch and --patch-file together");
  if (!TYPES[type])
    throw new CliError(`--type must be one of [json merge strategic], not ${JSON.stringify(flags.text("type"))}`);
  const source = flags.text("patch-file") ? await readPatch(call) : flags.text("patch");
  let body: unknown;
  try {
    body = parseYaml(source);
  } catch (error) {
    if (/^\s*[{[]/.test(source)) throw new CliError("invalid JSON document");
    throw new CliError(`unable to parse ${JSON.stringify(flags.text("patch"))}: ${(error as Error).message}`);
  }
  const dry = dryRunOf(call);
  if (flags.bool("local")) {
    if (call.args.length > 0) throw new CliError("cannot specify --local and server resources");
    if (dry === "server")
      throw new CliError("cannot specify --local and --dry-run=server - did you mean --dry-run=client?");
  }
  const subresource = flags.text("subresource") || undefined;
  const built = await build(call);
  if (built.infos.length === 0 && built.errors.length === 0) throw new CliError("no objects passed to patch");
  await forEachInfo(built, async (found) => {
    const info = subresource ? await asSubresource(call, found, subresource) : found;
    const object =
      flags.bool("local") || dry === "client"
        ? patchedHere(info, type, body)
        : await session.client.request("PATCH", pathOf(found, subresource), {
            headers: { "content-type": TYPES[type]! },
            query: writeQuery(call, dry),
            body,
          });
    const same = compactJson(object) === compactJson(info.object);
    report(call, info, object, same ? "patched (no change)" : "patched", "none");
  });
  return 0;
}

async function readPatch({ session, flags }: Call): Promise<string> {
  const name = flags.text("patch-file");
  if (name === "-") return session.stdin();
  try {
    return session.readFile(name);
  } catch (error) {
    throw new CliError(`unable to read patch file: ${(error as Error).message}`);
  }
}

/** The subresource as it stands, under its own kind: a scale is a Scale. */
async function asSubresource({ session }: Call, info: Info, subresource: string): Promise<Info> {
  const object = await session.client.get(pathOf(info, subresource));
  if (object.kind === info.resource.kind) return { ...info, object };
  const [group = ""] = String(object.apiVersion).includes("/") ? String(object.apiVersion).split("/") : [""];
  return { ...info, object, resource: { ...info.resource, kind: object.kind, group } };
}

function patchedHere(info: Info, type: string, body: any): any {
  try {
    if (type === "json") return applyJsonPatch(info.object, body);
    if (type === "merge") return applyMergePatch(info.object, body);
    return applyStrategicMerge(info.object, body, mergeSchemaOf(info.resource.kind));
  } catch (error) {
    throw new CliError((error as Error).message);
  }
}

export const patch: Command = {
  name: "patch",
  use: "patch (-f FILENAME | TYPE NAME) [-p PATCH|--patch-file FILE]",
  short: "Update fields of a resource",
  long: "Change fields of an object by a strategic merge patch, a JSON merge patch or a JSON patch.",
  examples: `# By a strategic merge patch, as JSON or YAML
kubectl patch node k8s-node-1 -p '{"spec":{"unschedulable":true}}'

# By a JSON patch
kubectl patch pod valid-pod --type='json' -p='[{"op": "replace", "path": "/spec/containers/0/image", "value":"new image"}]'`,
  flags: [
    dryRun,
    manager("kubectl-patch"),
    ...FILE_FLAGS,
    bool("local"),
    text("patch", { short: "p" }),
    text("patch-file"),
    ...PRINT_FLAGS,
    text("subresource"),
    text("type", { default: "strategic" }),
  ],
  run,
};
