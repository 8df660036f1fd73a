import type { Resource } from "../api/discovery";
import { CliError } from "../errors";
import type { Session } from "../session";

/** What `TYPE NAME…`, `TYPE/NAME…` and `TYPE,TYPE` on a command line name. */
export interface Target {
  resource: Resource;
  /** Undefined: all of the type. */
  name?: string;
}

export const NO_RESOURCES = `You must provide one or more resources by argument or filename.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'
   '<resource> <name>'
   '<resource>'`;

export interface ArgumentOptions {
  /** `-l` or `--field-selector` is given. */
  selected?: boolean;
  /** A bare type means all of it. */
  allowAll?: boolean;
}

/** Reads the arguments as kubectl's resource builder does, with its complaints. */
export async function resolveTargets(
  session: Session,
  args: readonly string[],
  options: ArgumentOptions = {},
): Promise<Target[]> {
  if (args.length === 0) return [];
  const words = perType(args);
  if (words.some((word) => word.includes("/"))) return Promise.all(words.map((word) => slashed(session, word)));
  const [types, ...names] = words as [string, ...string[]];
  const resources: Resource[] = [];
  for (const type of types.split(",").filter(Boolean)) resources.push(...(await resourcesOf(session, type)));
  if (names.length === 0) {
    if (!options.selected && !options.allowAll)
      throw new CliError("resource(s) were provided, but no name was specified");
    return distinct(resources).map((resource) => ({ resource }));
  }
  if (resources.length > 1) throw new CliError("you must specify only one resource");
  if (options.selected) throw new CliError("name cannot be provided when a selector is specified");
  return resources.flatMap((resource) => names.map((name) => ({ resource, name })));
}

/** `pods,services web` names an object of each type. */
function perType(args: readonly string[]): string[] {
  const [types, ...names] = args as [string, ...string[]];
  const several = types.split(",").filter(Boolean);
  if (names.length === 0 || several.length < 2) return [...args];
  return several.flatMap((type) => names.map((name) => `${type}/${name}`));
}

async function slashed(session: Session, word: string): Promise<Target> {
  if (!word.includes("/")) {
    throw new CliError(
      "there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'",
    );
  }
  const [type, name, ...more] = word.split("/");
  if (more.length > 0) throw new CliError(`arguments in resource/name form may not have more than one slash`);
  if (!type || !name || type.includes(","))
    throw new CliError("arguments in resource/name form must have a single resource and name");
  return { resource: await session.discovery.require(type), name };
}

async function resourcesOf(session: Session, type: string): Promise<Resource[]> {
  const category = await session.discovery.category(type);
  return category ?? [await session.discovery.require(type)];
}

function distinct(resources: Resource[]): Resource[] {
  return [...new Map(resources.map((resource) => [`${resource.plural}.${resource.group}`, resource])).values()];
}
