import type { ApiClient, PatchType } from "./client";
import { PATCH_TYPES, patched } from "./patching";
import type { KindRegistry } from "./registry";
import type { ResourceHandler } from "./resource-handler";
import type { Verbs, WriteOptions } from "./verbs";

/** The in-process client of a component: straight to the verbs, with the component's own user name. */
export function componentClient(
  component: string,
  verbs: Verbs,
  resources: ResourceHandler,
  kindsOf: () => KindRegistry,
  available: () => void,
): ApiClient {
  const user = { username: `system:${component}`, groups: ["system:masters", "system:authenticated"] };
  const options: WriteOptions = { user, fieldManager: managerOf(component) };
  return guarded(available, {
    get: (resource, namespace, name) => verbs.get(kindsOf().resource(resource), namespace, name) as any,
    create: (resource, object) =>
      verbs.create(kindsOf().resource(resource), object.metadata.namespace, object, options) as any,
    update: (resource, object) =>
      verbs.update(
        kindsOf().resource(resource),
        object.metadata.namespace,
        object.metadata.name,
        object,
        options,
      ) as any,
    updateStatus: (resource, object) =>
      verbs.update(kindsOf().resource(resource), object.metadata.namespace, object.metadata.name, object, {
        ...options,
        subresource: "status",
      }) as any,
    patch: (resource, namespace, name, patch, type: PatchType = "strategic", subresource) => {
      const kind = kindsOf().resource(resource);
      const old = verbs.get(kind, namespace, name);
      if (subresource === "finalize") {
        const { spec } = patched(kind, old, PATCH_TYPES[type], patch);
        return verbs.finalizeNamespace(kind, old, spec.finalizers ?? []) as any;
      }
      return verbs.replace(kind, old, patched(kind, old, PATCH_TYPES[type], patch), {
        ...options,
        ...(subresource && { subresource }),
      }) as any;
    },
    delete: (resource, namespace, name, body) => {
      verbs.delete(kindsOf().resource(resource), namespace, name, body ?? {}, { user });
    },
    createSubresource: (resource, namespace, name, subresource, body) => {
      const kind = kindsOf().resource(resource);
      const { group, version, plural } = kind;
      resources.handle(
        { method: "POST", path: "", body },
        kind,
        { group, version, plural, namespace, name, subresource },
        user,
      );
    },
  });
}

/** Asks before each call whether there is anybody to call; `available` throws where there is not. */
function guarded(available: () => void, client: ApiClient): ApiClient {
  const calls = Object.entries(client).map(([name, call]) => [
    name,
    (...args: unknown[]) => {
      available();
      return (call as (...args: unknown[]) => unknown)(...args);
    },
  ]);
  return Object.fromEntries(calls) as ApiClient;
}

/** Controllers write under the name of the program that they run in. */
function managerOf(component: string): string {
  if (component === "default-scheduler") return "kube-scheduler";
  return component.endsWith("-controller") || component.endsWith("-publisher") || CONTROLLERS.has(component)
    ? "kube-controller-manager"
    : component;
}

const CONTROLLERS: ReadonlySet<string> = new Set([
  "deployment-controller",
  "generic-garbage-collector",
  "pod-garbage-collector",
]);
