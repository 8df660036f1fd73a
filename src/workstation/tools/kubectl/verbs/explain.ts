import { groupResourceOf, groupVersionOf, type Resource } from "../api/discovery";
import type { Call, Command } from "../command";
import { CliError, PlainExit } from "../errors";
import { bool, text } from "../flags/spec";
import { type OpenApiSchemas, schemaOfKind } from "../openapi/schema";
import { explainPlaintext } from "./explain/plaintext";
import { explainV2 } from "./explain/plaintext-v2";

async function run(call: Call): Promise<number> {
  const { session, flags, args } = call;
  if (args.length === 0)
    throw new CliError(
      'You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.\n',
    );
  if (args.length > 1) throw new CliError("We accept only this format: explain RESOURCE\n");
  const { resource, fields } = await target(call, args[0]!);
  const [group, version] = wantedVersion(flags.text("api-version"), resource);
  const wanted = { group, version, kind: resource.kind };
  if (flags.text("output") === "plaintext-openapiv2") {
    const { definitions } = await session.client.get<{ definitions: OpenApiSchemas }>("/openapi/v2");
    const schema = schemaOfKind(definitions, wanted);
    const groupVersion = groupVersionOf(wanted);
    if (!schema) throw new CliError(`couldn't find resource for "${group}/${version}, Kind=${resource.kind}"`);
    session.out(explainV2(definitions, schema, fields, { kind: resource.kind, groupVersion }, flags.bool("recursive")));
    return 0;
  }
  const { paths } = await session.client.get("/openapi/v3");
  const name = group ? `apis/${group}/${version}` : `api/${version}`;
  if (!paths[name]) throw new CliError(`couldn't find resource for "${group}/${version}, Resource=${resource.plural}"`);
  if (flags.text("output") !== "plaintext") throw new CliError(`unrecognized format: ${flags.text("output")}`);
  const document = await session.client.get(`/openapi/v3/${name}`);
  const schemas: OpenApiSchemas = document.components.schemas;
  const schema = schemaOfKind(schemas, wanted);
  if (!schema)
    throw new PlainExit(`error: GVR (${group}/${version}, Resource=${resource.plural}) not found in OpenAPI schema`);
  // The head is out before a field turns out to be unknown.
  session.out(`${group ? `GROUP:      ${group}\n` : ""}KIND:       ${resource.kind}\nVERSION:    ${version}\n\n`);
  const body = explainPlaintext(schemas, schema, fields, flags.bool("recursive"));
  if (body === undefined) throw new CliError(`field ${JSON.stringify(fields.at(-1))} does not exist`);
  session.out(`${body}\n`);
  return 0;
}

function wantedVersion(asked: string, resource: Resource): [group: string, version: string] {
  if (!asked) return [resource.group, resource.version];
  const parts = asked.split("/");
  if (parts.length > 2) throw new CliError(`unexpected GroupVersion string: ${asked}`);
  return parts.length === 1 ? ["", parts[0]!] : [parts[0]!, parts[1]!];
}

const FIRST = "first node must be field node";

/** `pods.spec.containers`, `deployments.apps.spec`: the kind whose whole name the word begins with, else the first that is called so. */
async function target(call: Call, word: string): Promise<{ resource: Resource; fields: string[] }> {
  const source = word.replace(/\.$/, "");
  const [first, ...rest] = source.split(".");
  const matching = await call.session.discovery.findAll(first!);
  if (matching.length === 0) throw new PlainExit(`the server doesn't have a resource type ${JSON.stringify(first)}`);
  const versioned = call.flags.text("api-version") !== "";
  const exact = versioned ? undefined : matching.find((each) => source.startsWith(groupResourceOf(each)));
  if (!exact)
    return { resource: matching[0]!, fields: fieldNames(rest, versioned ? "all nodes must be field nodes" : FIRST) };
  const suffix = source.slice(groupResourceOf(exact).length);
  return { resource: exact, fields: fieldNames(suffix.split(".").slice(1), FIRST) };
}

function fieldNames(words: string[], complaint: string): string[] {
  if (words.some((each) => /[[\]*@?]/.test(each))) throw new CliError(`invalid jsonpath syntax, ${complaint}`);
  return words.filter(Boolean);
}

export const explain: Command = {
  name: "explain",
  use: "explain TYPE [--recursive=FALSE|TRUE] [--api-version=api-version-group] [-o|--output=plaintext|plaintext-openapiv2]",
  short: "Get documentation for a resource",
  long: "Print what the fields of a kind mean, as the server's OpenAPI documents tell it: TYPE or TYPE.FIELD.FIELD.",
  examples: `# A kind
kubectl explain pods

# All its fields, those of fields too
kubectl explain pods --recursive

# In one of the versions that are served
kubectl explain deployments --api-version=apps/v1

# A field
kubectl explain pods.spec.containers

# In the older form
kubectl explain deployment --output=plaintext-openapiv2`,
  flags: [text("api-version"), text("output", { default: "plaintext" }), bool("recursive")],
  run,
  complete: "types",
};
