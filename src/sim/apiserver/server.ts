import type { Sim } from "../component";
import type { Kernel } from "../kernel/kernel";
import type { ClusterOptions } from "../options";
import type { KubeObject } from "../types";
import type { Admission } from "./admission";
import type { ApiClient } from "./client";
import { parseResourcePath } from "./path";
import type { KindRegistry } from "./registry";
import type { ApiRequest, ApiResponse } from "./request";
import { badRequest, methodNotSupported, pageNotFound, StatusError } from "./status";
import type { Store } from "./store";
import { groupResource, Verbs } from "./verbs";

export const LEARNER = { username: "kubernetes-admin", groups: ["kubeadm:cluster-admins", "system:authenticated"] };

/** Answers requests as kube-apiserver does, without any IO. */
export class ApiServer {
  private readonly verbs: Verbs;
  private readonly clients = new Map<string, ApiClient>();

  constructor(
    options: ClusterOptions,
    readonly kernel: Kernel,
    readonly store: Store,
    readonly kinds: KindRegistry,
    readonly sim: () => Sim,
  ) {
    const admission: Admission[] = [];
    this.verbs = new Verbs(options, kernel, store, admission);
  }

  handle(request: ApiRequest): ApiResponse {
    try {
      return this.route(request);
    } catch (error) {
      if (error instanceof StatusError) return { status: error.code, body: error.status };
      throw error;
    }
  }

  /** The client of one component; its writes are told apart by its name. */
  client(component: string): ApiClient {
    let client = this.clients.get(component);
    if (!client) {
      client = this.makeClient(component);
      this.clients.set(component, client);
    }
    return client;
  }

  private route(request: ApiRequest): ApiResponse {
    const path = parseResourcePath(request.path);
    const kind = path && this.kinds.find(path.group, path.version, path.plural);
    if (!path || !kind) throw pageNotFound();
    const user = request.user ?? LEARNER;
    const { namespace, name, subresource } = path;
    const options = { user, ...(subresource && { subresource }) };
    switch (request.method) {
      case "GET":
        if (!name) return { status: 200, body: this.list(kind, namespace) };
        return { status: 200, body: this.verbs.get(kind, namespace, name) };
      case "POST":
        return { status: 201, body: this.verbs.create(kind, namespace, request.body, options) };
      case "PUT":
        if (!name) throw methodNotSupported(groupResource(kind), "put");
        return { status: 200, body: this.verbs.update(kind, namespace, name, request.body, options) };
      case "DELETE":
        if (!name) throw badRequest("deletecollection");
        return { status: 200, body: this.verbs.delete(kind, namespace, name, (request.body ?? {}) as object).object };
      default:
        throw methodNotSupported(groupResource(kind), request.method.toLowerCase());
    }
  }

  private list(kind: { group: string; version: string; kind: string; plural: string }, namespace?: string): unknown {
    const resource = kind.group ? `${kind.plural}.${kind.group}` : kind.plural;
    return {
      kind: `${kind.kind}List`,
      apiVersion: kind.group ? `${kind.group}/${kind.version}` : kind.version,
      metadata: { resourceVersion: String(this.store.resourceVersion) },
      items: this.store.list(resource, namespace),
    };
  }

  private makeClient(component: string): ApiClient {
    const { verbs, kinds } = this;
    const options = { user: { username: `system:${component}`, groups: ["system:masters"] }, fieldManager: component };
    return {
      get: (resource, namespace, name) => verbs.get(kinds.resource(resource), namespace, name) as any,
      create: (resource, object) => verbs.create(kinds.resource(resource), object.metadata.namespace, object, options) as any,
      update: (resource, object) => verbs.update(kinds.resource(resource), object.metadata.namespace, object.metadata.name, object, options) as any,
      updateStatus: (resource, object) =>
        verbs.update(kinds.resource(resource), object.metadata.namespace, object.metadata.name, object, { ...options, subresource: "status" }) as any,
      patch: () => {
        throw badRequest("patch");
      },
      delete: (resource, namespace, name, body) => {
        verbs.delete(kinds.resource(resource), namespace, name, body);
      },
      createSubresource: (resource, namespace, name, subresource, body) => {
        const response = this.handle({
          method: "POST",
          path: `${pathOf(kinds.resource(resource))}/namespaces/${namespace}/${kinds.resource(resource).plural}/${name}/${subresource}`,
          body,
          user: options.user,
        });
        if (response.status >= 400) throw new StatusError(response.body as any);
      },
    } satisfies ApiClient;
  }
}

const pathOf = (kind: { group: string; version: string }) => (kind.group ? `/apis/${kind.group}/${kind.version}` : `/api/${kind.version}`);
export type { KubeObject };
