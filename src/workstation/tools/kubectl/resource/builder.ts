import { groupVersionOf, type Resource, resourcePath } from "../api/discovery";
import type { Call } from "../command";
import { ApiError, CliError, throwCollected } from "../errors";
import { NO_RESOURCES, resolveTargets } from "./arguments";
import { loadFiles } from "./files";
import { fetchInfo, type Info, infoOf, typed } from "./info";
import { matchesLabels } from "./labels";

export interface BuildOptions {
  /** Arguments that name resources; default: all of the call's. */
  args?: readonly string[];
  /** A bare type means all of it even without `--all`. */
  allowAll?: boolean;
  /** Leaves the objects unfetched where names are known: `object` is then undefined. */
  lazy?: boolean;
  /** Objects of files stay as they are in the file. */
  keepFiles?: boolean;
  /** Do not complain where nothing is named. */
  allowNone?: boolean;
}

/** Objects that were found, and what could not be: kubectl goes on after an error and reports all at the end. */
export interface Built {
  infos: Info[];
  errors: Error[];
  /** Exactly one object was asked for by name: it is printed as itself, not in a List. */
  single: boolean;
}

/** Finds the objects that files, arguments and selectors of a command line name. */
export async function build(call: Call, options: BuildOptions = {}): Promise<Built> {
  const { session, flags } = call;
  const args = options.args ?? call.args;
  const text = (name: string) => (flags.has(name) ? flags.text(name) : "");
  const filenames = flags.has("filename") ? flags.list("filename") : [];
  const labelSelector = text("selector");
  const fieldSelector = text("field-selector");
  const all = flags.has("all") && flags.bool("all");
  if (filenames.length > 0 || text("kustomize")) {
    if (args.length > 0)
      throw new CliError(
        "when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well",
      );
    return fromFiles(call, options);
  }
  const allNamespaces = flags.has("all-namespaces") && flags.bool("all-namespaces");
  const targets = await resolveTargets(session, args, {
    selected: labelSelector !== "" || fieldSelector !== "",
    allowAll: options.allowAll || all,
  });
  if (targets.length === 0) {
    if (options.allowNone) return { infos: [], errors: [], single: false };
    throw new CliError(NO_RESOURCES);
  }
  const built: Built = { infos: [], errors: [], single: targets.length === 1 && targets[0]!.name !== undefined };
  for (const { resource, name } of targets) {
    if (name !== undefined && allNamespaces && resource.namespaced)
      throw new CliError("a resource cannot be retrieved by name across all namespaces");
    const namespace = resource.namespaced && !allNamespaces ? session.namespace : undefined;
    try {
      if (name === undefined)
        built.infos.push(...(await listInfos(call, resource, namespace, labelSelector, fieldSelector)));
      else if (options.lazy) built.infos.push({ resource, namespace, name, object: undefined, source: "" });
      else built.infos.push(await fetchInfo(session, { resource, namespace, name, source: "" }));
    } catch (error) {
      if (!(error instanceof ApiError) && !(error instanceof CliError)) throw error;
      built.errors.push(error);
    }
  }
  return built;
}

async function fromFiles(call: Call, options: BuildOptions): Promise<Built> {
  const loaded = await loadFiles(call.session, call.flags);
  const built: Built = { infos: [], errors: loaded.errors, single: loaded.infos.length === 1 };
  const local = call.flags.has("local") && call.flags.bool("local");
  const selector = call.flags.has("selector") ? call.flags.text("selector") : "";
  for (const info of loaded.infos) {
    if (!matchesLabels(selector, info.object?.metadata?.labels ?? {})) continue;
    if (options.keepFiles || options.lazy || local) built.infos.push(info);
    else {
      try {
        built.infos.push(await fetchInfo(call.session, info));
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        built.errors.push(error);
      }
    }
  }
  return built;
}

/** All objects of a resource that selectors match, page by page. */
export async function listInfos(
  call: Pick<Call, "session">,
  resource: Resource,
  namespace: string | undefined,
  labelSelector = "",
  fieldSelector = "",
): Promise<Info[]> {
  const list = await listObject(call, resource, namespace, labelSelector, fieldSelector);
  return (list.items ?? []).map((item: any) => infoOf(resource, typed(resource, item)));
}

export async function listObject(
  { session }: Pick<Call, "session">,
  resource: Resource,
  namespace: string | undefined,
  labelSelector = "",
  fieldSelector = "",
  headers?: Record<string, string>,
  extra: Record<string, string> = {},
): Promise<any> {
  const query = {
    ...(labelSelector && { labelSelector }),
    ...(fieldSelector && { fieldSelector }),
    limit: "500",
    ...extra,
  };
  try {
    return await session.client.get(resourcePath(resource, namespace), query, headers);
  } catch (error) {
    if (!(error instanceof ApiError) || !["NotFound", "BadRequest"].includes(error.reason)) throw error;
    const what = JSON.stringify(
      `${groupVersionOf(resource).includes("/") ? groupVersionOf(resource) : `/${resource.version}`}, Resource=${resource.plural}`,
    );
    throw error.reworded((message) =>
      labelSelector || fieldSelector
        ? `Unable to find ${what} that match label selector ${JSON.stringify(labelSelector)}, field selector ${JSON.stringify(fieldSelector)}: ${message}`
        : `Unable to list ${what}: ${message}`,
    );
  }
}

/** Does `action` for each object, goes on after failures, and reports them together at the end. */
export async function forEachInfo(built: Built, action: (info: Info) => Promise<void>): Promise<void> {
  const errors = [...built.errors];
  for (const info of built.infos) {
    try {
      await action(info);
    } catch (error) {
      if (!(error instanceof ApiError) && !(error instanceof CliError)) throw error;
      errors.push(error);
    }
  }
  throwCollected(errors);
}
