import { type Resource, resourcePath } from "../../api/discovery";
import type { Call } from "../../command";
import { CliError } from "../../errors";
import { type Info, infoOf, typed } from "../../resource/info";
import { LAST_APPLIED } from "../../resource/submit";

type GroupVersionKind = readonly [group: string, version: string, kind: string];

/** Kinds that `--prune` looks at where no allowlist is given; cluster-wide ones last. */
const PRUNED_BY_DEFAULT: readonly GroupVersionKind[] = [
  ["", "v1", "ConfigMap"],
  ["", "v1", "Endpoints"],
  ["", "v1", "PersistentVolumeClaim"],
  ["", "v1", "Pod"],
  ["", "v1", "ReplicationController"],
  ["", "v1", "Secret"],
  ["", "v1", "Service"],
  ["batch", "v1", "Job"],
  ["batch", "v1", "CronJob"],
  ["networking.k8s.io", "v1", "Ingress"],
  ["apps", "v1", "DaemonSet"],
  ["apps", "v1", "Deployment"],
  ["apps", "v1", "ReplicaSet"],
  ["apps", "v1", "StatefulSet"],
  ["", "v1", "Namespace"],
  ["", "v1", "PersistentVolume"],
];

/** What an apply has touched: everything else that apply once made may be pruned. */
export class Visited {
  readonly uids = new Set<string>();
  readonly namespaces = new Set<string>();

  mark(info: Pick<Info, "namespace">, object: any): void {
    if (info.namespace) this.namespaces.add(info.namespace);
    if (object?.metadata?.uid) this.uids.add(object.metadata.uid);
  }
}

/** `--prune-allowlist` as resources, refused where it cannot be read. */
export async function allowlistOf(call: Call): Promise<Resource[]> {
  const wanted: Resource[] = [];
  for (const text of call.flags.list("prune-allowlist")) {
    const parts = text.split("/");
    if (parts.length !== 3)
      throw new CliError(`invalid GroupVersionKind format: ${text}, please follow <group/version/kind>`);
    const [group, version, kind] = [parts[0] === "core" ? "" : parts[0]!, parts[1]!, parts[2]!];
    wanted.push(await resourceOf(call, [group, version, kind]));
  }
  return wanted;
}

async function resourceOf(call: Call, [group, version, kind]: GroupVersionKind): Promise<Resource> {
  const groupVersion = group ? `${group}/${version}` : version;
  const resource = await call.session.discovery.forKind(groupVersion, kind);
  if (resource) return resource;
  throw new CliError(`no matches for kind ${JSON.stringify(kind)} in version ${JSON.stringify(groupVersion)}`);
}

/** Objects that an earlier apply made and this one did not touch, in order of kind. */
export async function prunable(call: Call, visited: Visited, allowed: Resource[]): Promise<Info[]> {
  const { session, flags } = call;
  const resources = allowed.length > 0 ? allowed : await defaults(call);
  const labelSelector = flags.text("selector");
  const found: Info[] = [];
  const places = (resource: Resource) => (resource.namespaced ? [...visited.namespaces] : [undefined]);
  const ordered = [...resources.filter((each) => each.namespaced), ...resources.filter((each) => !each.namespaced)];
  for (const resource of ordered)
    for (const namespace of places(resource)) {
      const list = await session.client.get(resourcePath(resource, namespace), {
        ...(labelSelector && { labelSelector }),
      });
      for (const item of list.items ?? [])
        if (item.metadata.annotations?.[LAST_APPLIED] && !visited.uids.has(item.metadata.uid))
          found.push(infoOf(resource, typed(resource, item)));
    }
  return found;
}

async function defaults(call: Call): Promise<Resource[]> {
  // The namespace in force counts as given, whether or not -n was.
  call.session.klog(
    "W",
    "prune.go:71",
    "Deprecated: kubectl apply will no longer prune non-namespaced resources by default when used with the --namespace flag in a future release. To preserve the current behaviour, list the resources you want to target explicitly in the --prune-allowlist flag.",
  );
  const resources: Resource[] = [];
  for (const [group, version, kind] of PRUNED_BY_DEFAULT) {
    const resource = await call.session.discovery.forKind(group ? `${group}/${version}` : version, kind);
    if (resource) resources.push(resource);
  }
  return resources;
}
