import type { Sim } from "../component";
import { isApiDown, isStorageDown } from "../faults";
import type { Kernel } from "../kernel/kernel";
import { isUnavailable } from "../kinds/api-service/availability";
import type { ClusterOptions } from "../options";
import type { UserInfo } from "../types";
import { admissionPlugins } from "./admission";
import { requestUser } from "./authentication/authenticate";
import { attributesOf, refusal } from "./authorization/attributes";
import { authorize } from "./authorization/authorizer";
import { impersonated } from "./authorization/impersonation";
import type { ApiClient } from "./client";
import { componentClient } from "./component-client";
import { apiGroupList, apiGroupOf, apiResourceList, apiVersions, versionInfo } from "./discovery";
import { healthOf } from "./health";
import { checkNesting } from "./nesting";
import { openApiV2 } from "./openapi/v2";
import { openApiPaths, openApiV3 } from "./openapi/v3";
import { parseResourcePath, type ResourcePath } from "./path";
import type { KindRegistry } from "./registry";
import type { ApiRequest, ApiResponse } from "./request";
import { ResourceHandler } from "./resource-handler";
import { failure, pageNotFound, StatusError, serviceUnavailable } from "./status";
import type { Store } from "./store";
import { Verbs } from "./verbs";
import type { Watch } from "./watch";

/** The learner as the lab's kubeconfig names them: a cluster-admin. */
export const LEARNER: UserInfo = {
  username: "kubernetes-admin",
  groups: ["kubeadm:cluster-admins", "system:authenticated"],
};

/** Nobody listens: clients see that the connection is refused. */
const REFUSED: ApiResponse = { status: 503, body: "connection refused", refused: true };

/** Answers requests as kube-apiserver does, without any IO. */
export class ApiServer {
  private readonly verbs: Verbs;
  private readonly resources: ResourceHandler;
  private readonly clients = new Map<string, ApiClient>();

  constructor(
    private readonly options: ClusterOptions,
    kernel: Kernel,
    private readonly store: Store,
    private readonly sim: () => Sim,
  ) {
    const without = new Set(options.without);
    const admission = admissionPlugins.filter(({ name }) => !without.has(name));
    this.verbs = new Verbs(options, kernel, store, admission, sim);
    this.resources = new ResourceHandler(this.verbs, sim);
  }

  private get kinds(): KindRegistry {
    return this.sim().kinds;
  }

  handle(request: ApiRequest): ApiResponse {
    if (isApiDown(this.sim())) return REFUSED;
    // Health is for everybody to see, and is asked when the store is down.
    const health = healthOf(request, isStorageDown(this.sim()));
    if (health) return health;
    try {
      this.assertAvailable();
      checkNesting(request.body);
      return this.route(request);
    } catch (error) {
      if (error instanceof StatusError) return { status: error.code, body: error.status };
      throw error;
    }
  }

  /** Opens a watch (`?watch=true`), or gives the Status that refuses it. */
  watch(request: ApiRequest): Watch | ApiResponse {
    if (isApiDown(this.sim())) return REFUSED;
    try {
      this.assertAvailable();
      const path = parseResourcePath(request.path);
      const kind = path && this.kinds.find(path.group, path.version, path.plural);
      this.admitted({ ...request, query: { ...request.query, watch: "true" } }, path);
      if (!path || !kind) throw pageNotFound();
      return this.resources.watch(request, kind, path);
    } catch (error) {
      if (error instanceof StatusError) return { status: error.code, body: error.status };
      throw error;
    }
  }

  /** The client of one component; its writes are told apart by its name. */
  client(component: string): ApiClient {
    let client = this.clients.get(component);
    if (!client) {
      client = componentClient(
        component,
        this.verbs,
        this.resources,
        () => this.kinds,
        () => this.assertAvailable(),
      );
      this.clients.set(component, client);
    }
    return client;
  }

  /** Throws where the server is not there, or its store does not answer it. */
  private assertAvailable(): void {
    const sim = this.sim();
    if (isApiDown(sim)) throw failure(503, "ServiceUnavailable", "connection refused");
    if (isStorageDown(sim)) throw failure(500, "InternalError", "etcdserver: request timed out");
  }

  private route(request: ApiRequest): ApiResponse {
    const path = parseResourcePath(request.path);
    const kind = path && this.kinds.find(path.group, path.version, path.plural);
    const user = this.admitted(request, path);
    if (path && kind) {
      const response = this.resources.handle(request, kind, path, user);
      return kind.deprecation ? { ...response, warnings: [kind.deprecation, ...(response.warnings ?? [])] } : response;
    }
    if (path && isUnavailable(this.store, path.group, path.version))
      throw serviceUnavailable("the server is currently unable to handle the request");
    const body = this.document(request);
    if (body === undefined) throw pageNotFound();
    return { status: 200, body };
  }

  /** Who asks, once impersonation and the request itself are allowed; throws the 403 otherwise. */
  private admitted(request: ApiRequest, path: ResourcePath | undefined): UserInfo {
    const user = impersonated(this.store, request, requestUser(this.sim(), request) ?? request.user ?? LEARNER);
    const attributes = attributesOf(request, path, user);
    const { allowed, reason } = authorize(this.store, attributes);
    if (!allowed) throw refusal(attributes, reason);
    return user;
  }

  /** Refuses a request that somebody else answers: exec, attach and their like. */
  authorize(request: ApiRequest): void {
    this.admitted(request, parseResourcePath(request.path));
  }

  /** Everything that is not a resource. */
  private document({ path }: ApiRequest): unknown {
    const [first, group, version, ...rest] = path.replace(/\/$/, "").split("/").slice(1);
    switch (first) {
      case "version":
        return versionInfo(this.options);
      case "api":
        if (!group) return apiVersions();
        return version ? undefined : apiResourceList(this.kinds, "", group);
      case "apis":
        if (!group) return apiGroupList(this.kinds);
        if (!version) return apiGroupOf(this.kinds, group);
        return rest.length > 0 ? undefined : apiResourceList(this.kinds, group, version);
      case "openapi":
        if (group === "v2") return version ? undefined : openApiV2(this.kinds);
        if (group !== "v3") return undefined;
        return version ? openApiV3(this.kinds, [version, ...rest].join("/")) : openApiPaths(this.kinds);
      default:
        return undefined;
    }
  }

  /** For the store's owner: the newest resourceVersion. */
  get resourceVersion(): number {
    return this.store.resourceVersion;
  }
}
