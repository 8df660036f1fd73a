import { resourcePath } from "../api/discovery";
import type { Call, Command } from "../command";
import { CliError, isNotFound, throwCollected } from "../errors";
import { allNamespaces, chunkSize, FILE_FLAGS, selector } from "../flags/groups";
import { bool } from "../flags/spec";
import { describeObject, type World } from "../printers/describe";
import { resolveTargets } from "../resource/arguments";
import { build, listInfos } from "../resource/builder";
import { fetchInfo, type Info } from "../resource/info";
import type { Session } from "../session";

async function run(call: Call): Promise<number> {
  const { session, flags, args } = call;
  const fromFiles = flags.list("filename").length > 0 || flags.text("kustomize") !== "";
  if (args.length === 0 && !fromFiles) {
    throw new CliError(
      'You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.',
    );
  }
  const world = worldOf(session, flags.bool("show-events"));
  const errors: Error[] = [];
  const infos = fromFiles ? await filesOf(call, errors) : await namedOf(call, errors);
  let printed = 0;
  for (const info of infos) {
    const text = await describeObject(info.resource, info.object, world);
    session.out(printed++ === 0 ? text : `\n\n${text}`);
    await session.flush();
  }
  if (printed === 0 && errors.length === 0) {
    session.err(
      flags.bool("all-namespaces") ? "No resources found\n" : `No resources found in ${session.namespace} namespace.\n`,
    );
  }
  throwCollected(errors);
  return 0;
}

async function filesOf(call: Call, errors: Error[]): Promise<Info[]> {
  const built = await build(call);
  errors.push(...built.errors);
  return built.infos;
}

/** A name that is not there exactly may be the beginning of others. */
async function namedOf(call: Call, errors: Error[]): Promise<Info[]> {
  const { session, flags, args } = call;
  const everywhere = flags.bool("all-namespaces");
  const targets = await resolveTargets(session, args, { selected: flags.text("selector") !== "", allowAll: true });
  const infos: Info[] = [];
  for (const { resource, name } of targets) {
    const namespace = resource.namespaced && !everywhere ? session.namespace : undefined;
    try {
      if (name === undefined) infos.push(...(await listInfos(call, resource, namespace, flags.text("selector"))));
      else infos.push(...(await byNameOrPrefix(call, { resource, namespace, name, source: "" })));
    } catch (error) {
      errors.push(error as Error);
    }
  }
  return infos;
}

async function byNameOrPrefix(
  call: Call,
  target: Pick<Info, "resource" | "namespace" | "name" | "source">,
): Promise<Info[]> {
  try {
    return [await fetchInfo(call.session, target)];
  } catch (error) {
    if (!isNotFound(error)) throw error;
    const all = await listInfos(call, target.resource, target.namespace);
    const matching = all.filter(({ name }) => name.startsWith(target.name));
    if (matching.length === 0) throw error;
    return matching;
  }
}

/** The lookups of describers, over the API. Kinds that the server lacks are empty. */
export function worldOf(session: Session, showEvents: boolean): World {
  return {
    nowMs: session.nowMs,
    async events(object) {
      if (!showEvents) return undefined;
      const resource = await session.discovery.require("events");
      const { name, namespace, uid } = object.metadata;
      const about = (subject: string) =>
        [
          `involvedObject.name=${name}`,
          ...(namespace ? [`involvedObject.namespace=${namespace}`] : []),
          `involvedObject.kind=${object.kind}`,
          `involvedObject.uid=${subject}`,
        ].join(",");
      const search = async (subject: string) =>
        (await session.client.get(resourcePath(resource, namespace), { fieldSelector: about(subject), limit: "500" }))
          .items ?? [];
      // Controllers name a node by its uid, the kubelet by its name.
      return object.kind === "Node" ? [...(await search(uid)), ...(await search(name))] : search(uid);
    },
    async list(word, namespace, selectors = {}) {
      const resource = await session.discovery.find(word);
      if (!resource) return [];
      const query = {
        ...(selectors.labels && { labelSelector: selectors.labels }),
        ...(selectors.fields && { fieldSelector: selectors.fields }),
        limit: "500",
      };
      return (await session.client.get(resourcePath(resource, namespace), query)).items ?? [];
    },
    async get(word, namespace, name) {
      const resource = await session.discovery.find(word);
      if (!resource) return undefined;
      try {
        return await session.client.get(resourcePath(resource, namespace, name));
      } catch (error) {
        if (isNotFound(error)) return undefined;
        throw error;
      }
    },
  };
}

export const describe: Command = {
  name: "describe",
  use: "describe (-f FILENAME | TYPE [NAME_PREFIX | -l label] | TYPE/NAME)",
  short: "Show details of a specific resource or group of resources",
  long: "Show what there is to know of objects, with the events about them. A name that no object has may be the beginning of several.",
  examples: `# A node
kubectl describe nodes node-1

# A pod
kubectl describe pods/nginx

# By label
kubectl describe pods -l app=web`,
  flags: [allNamespaces, chunkSize, ...FILE_FLAGS, selector, bool("show-events", { default: "true" })],
  run,
};
