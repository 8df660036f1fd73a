import { groupVersionOf, type Resource, resourcePath } from "../api/discovery";
import type { Session } from "../session";

/** One object that a command is about: where it lives, and what is known of it. */
export interface Info {
  resource: Resource;
  /** Undefined for kinds without namespaces. */
  namespace: string | undefined;
  name: string;
  object: any;
  /** The file that it came from; "" where it was named on the command line. */
  source: string;
}

export const pathOf = (info: Pick<Info, "resource" | "namespace" | "name">, subresource?: string): string =>
  resourcePath(info.resource, info.namespace, info.name, subresource);

export const collectionOf = (info: Pick<Info, "resource" | "namespace">): string =>
  resourcePath(info.resource, info.namespace);

export function infoOf(resource: Resource, object: any, source = ""): Info {
  const { name = "", namespace } = object.metadata ?? {};
  return { resource, namespace: resource.namespaced ? namespace : undefined, name, object, source };
}

/** The object as it stands on the server now. */
export async function fetchInfo(
  session: Session,
  info: Pick<Info, "resource" | "namespace" | "name" | "source">,
): Promise<Info> {
  const object = await session.client.get(pathOf(info));
  return { ...info, object };
}

/** Items of a list do not name their kind on the wire; printing them needs it. */
export const typed = (resource: Resource, object: any): any => ({
  ...object,
  apiVersion: groupVersionOf(resource),
  kind: resource.kind,
});
