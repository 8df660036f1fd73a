import type { Sim } from "../component";
import type { KubeObject, UserInfo } from "../types";
import type { DeleteOptions } from "./client";
import { decodeStrictly } from "./field-validation";
import { groupVersion, type KindDefinition } from "./kind";
import { listPage, queryValue, type Selection, selectionOf } from "./listing";
import { applyMergePatch } from "./patch/json";
import { patched } from "./patching";
import type { ResourcePath } from "./path";
import type { KindRegistry } from "./registry";
import type { ApiRequest, ApiResponse } from "./request";
import { badRequest, methodNotSupported, pageNotFound, type Status } from "./status";
import { bind, evict, podLog } from "./subresources/pods";
import { scaleOf, updateScale } from "./subresources/scale";
import { type IncludeObject, partialMetadata, representationOf, tableOf } from "./table";
import { groupResource, type Verbs, type WriteOptions } from "./verbs";
import { Watch } from "./watch";

/** Kinds whose DELETE answers with the object that is gone; others answer with a Status. */
const RETURNS_DELETED = new Set([
  "pods",
  "services",
  "serviceaccounts",
  "podtemplates",
  "persistentvolumes",
  "persistentvolumeclaims",
  "resourcequotas",
]);

/** Requests for stored objects: path and query in, object, list, table or Status out. */
export class ResourceHandler {
  constructor(
    private readonly verbs: Verbs,
    readonly kinds: KindRegistry,
    private readonly sim: () => Sim,
  ) {}

  handle(request: ApiRequest, kind: KindDefinition, path: ResourcePath, user: UserInfo): ApiResponse {
    if (path.subresource && path.subresource !== "status") return this.subresource(request, kind, path, user);
    if (path.subresource === "status" && !kind.hasStatus) throw pageNotFound();
    const { namespace, name } = path;
    switch (request.method) {
      case "GET":
      case "HEAD":
        if (name === undefined) return this.list(request, kind, namespace);
        return this.show(request, kind, 200, this.verbs.get(kind, namespace, name));
      case "POST": {
        if (name !== undefined) throw methodNotSupported(groupResource(kind), "create");
        const { body, warnings } = this.decode(request, kind);
        const created = this.verbs.create(kind, namespace, body, this.write(request, path, user));
        return this.show(request, kind, 201, created, [...warnings, ...(kind.warnings?.(created) ?? [])]);
      }
      case "PUT": {
        if (name === undefined) throw methodNotSupported(groupResource(kind), "update");
        const { body, warnings } = this.decode(request, kind);
        const old = this.verbs.get(kind, namespace, name);
        const updated = this.verbs.update(kind, namespace, name, body, this.write(request, path, user));
        return this.show(request, kind, 200, updated, [...warnings, ...(kind.warnings?.(updated, old) ?? [])]);
      }
      case "PATCH": {
        if (name === undefined) throw methodNotSupported(groupResource(kind), "patch");
        const old = this.verbs.get(kind, namespace, name);
        const draft = patched(kind, old, request.headers?.["content-type"], request.body);
        const { warnings } = this.decode({ ...request, body: draft }, kind);
        const updated = this.verbs.replace(kind, old, draft, this.write(request, path, user));
        return this.show(request, kind, 200, updated, [...warnings, ...(kind.warnings?.(updated, old) ?? [])]);
      }
      case "DELETE":
        return name === undefined
          ? this.deleteCollection(request, kind, namespace)
          : this.delete(request, kind, namespace, name);
      default:
        throw methodNotSupported(groupResource(kind), request.method.toLowerCase());
    }
  }

  watch(request: ApiRequest, kind: KindDefinition, path: ResourcePath): Watch {
    const selection = selectionOf(request, kind, path.namespace, path.name);
    const { store } = this.verbs;
    const since = queryValue(request, "resourceVersion");
    const fromStart = !since || since === "0";
    if (since && !/^\d+$/.test(since))
      throw badRequest(`Invalid value: "${since}": strconv.ParseUint: parsing "${since}": invalid syntax`);
    const initial = fromStart ? listPage(store, selection, { ...request, query: {} }).items : [];
    const cursor = fromStart ? store.resourceVersion : Number(since);
    return new Watch(
      () => this.verbs.store,
      () => this.verbs.kernel.nowMs,
      selection,
      representationOf(request.headers?.accept),
      includeOf(request),
      cursor,
      initial,
    );
  }

  private list(request: ApiRequest, kind: KindDefinition, namespace: string | undefined): ApiResponse {
    const selection: Selection = selectionOf(request, kind, namespace);
    const { items, metadata } = listPage(this.verbs.store, selection, request);
    switch (representationOf(request.headers?.accept)) {
      case "table":
        return { status: 200, body: tableOf(kind, items, metadata, this.verbs.kernel.nowMs, includeOf(request)) };
      case "metadata":
        return {
          status: 200,
          body: {
            kind: "PartialObjectMetadataList",
            apiVersion: "meta.k8s.io/v1",
            metadata,
            items: items.map((item) => partialMetadata(item, true)),
          },
        };
      default:
        return { status: 200, body: { kind: `${kind.kind}List`, apiVersion: groupVersion(kind), metadata, items } };
    }
  }

  private show(
    request: ApiRequest,
    kind: KindDefinition,
    status: number,
    object: KubeObject,
    warnings: string[] = [],
  ): ApiResponse {
    const representation = representationOf(request.headers?.accept);
    const body =
      representation === "table"
        ? tableOf(
            kind,
            [object],
            { resourceVersion: object.metadata.resourceVersion },
            this.verbs.kernel.nowMs,
            includeOf(request),
          )
        : representation === "metadata"
          ? partialMetadata(object)
          : object;
    return { status, body, ...(warnings.length > 0 && { warnings }) };
  }

  private delete(request: ApiRequest, kind: KindDefinition, namespace: string | undefined, name: string): ApiResponse {
    const body = deleteOptionsOf(request);
    const { object, gone } = this.verbs.delete(kind, namespace, name, body, isDryRun(request));
    if (!gone || RETURNS_DELETED.has(kind.plural)) return this.show(request, kind, 200, object);
    const details: Status["details"] = {
      name,
      ...(kind.group && { group: kind.group }),
      kind: kind.plural,
      uid: object.metadata.uid,
    };
    return { status: 200, body: { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success", details } };
  }

  private deleteCollection(request: ApiRequest, kind: KindDefinition, namespace: string | undefined): ApiResponse {
    const { items } = listPage(this.verbs.store, selectionOf(request, kind, namespace), request);
    const body = deleteOptionsOf(request);
    for (const item of items)
      this.verbs.delete(kind, item.metadata.namespace, item.metadata.name, body, isDryRun(request));
    return {
      status: 200,
      body: {
        kind: `${kind.kind}List`,
        apiVersion: groupVersion(kind),
        metadata: { resourceVersion: String(this.verbs.store.resourceVersion) },
        items,
      },
    };
  }

  private subresource(request: ApiRequest, kind: KindDefinition, path: ResourcePath, user: UserInfo): ApiResponse {
    const { namespace, subresource } = path;
    const name = path.name!;
    const object = () => this.verbs.get(kind, namespace, name);
    const key = `${kind.plural}/${subresource} ${request.method}`;
    if (subresource === "scale" && kind.scale) {
      const old = object();
      if (request.method === "GET") return { status: 200, body: scaleOf(kind, old) };
      const write = this.write(request, path, user);
      if (request.method === "PUT")
        return { status: 200, body: updateScale(this.verbs, kind, old, request.body, write) };
      if (request.method === "PATCH")
        return {
          status: 200,
          body: updateScale(this.verbs, kind, old, applyMergePatch(scaleOf(kind, old), request.body), write),
        };
    }
    switch (key) {
      case "pods/binding POST":
        return { status: 201, body: bind(this.verbs, kind, object(), request.body) };
      case "pods/eviction POST":
        return { status: 201, body: evict(this.verbs, kind, object(), request.body) };
      case "pods/log GET":
        return { status: 200, headers: { "content-type": "text/plain" }, body: podLog(this.sim(), object(), request) };
      case "namespaces/finalize PUT": {
        const finalizers = (request.body as KubeObject | undefined)?.spec?.finalizers ?? [];
        return { status: 200, body: this.verbs.finalizeNamespace(kind, object(), finalizers) };
      }
      default:
        throw pageNotFound();
    }
  }

  /** What came in, checked for unknown and mistyped fields as `fieldValidation` asks. */
  private decode(request: ApiRequest, kind: KindDefinition): { body: unknown; warnings: string[] } {
    const mode = queryValue(request, "fieldValidation") ?? "Warn";
    return { body: request.body, warnings: decodeStrictly(kind, request.body, mode) };
  }

  private write(request: ApiRequest, { subresource }: ResourcePath, user: UserInfo): WriteOptions {
    const fieldManager = queryValue(request, "fieldManager");
    return {
      user,
      dryRun: isDryRun(request),
      ...(subresource && { subresource }),
      ...(fieldManager && { fieldManager }),
    };
  }
}

const isDryRun = (request: ApiRequest) => {
  const value =
    queryValue(request, "dryRun") ??
    (request.method === "DELETE" ? (request.body as DeleteOptions | undefined)?.dryRun?.[0] : undefined);
  if (value !== undefined && value !== "All")
    throw badRequest(`Invalid value: "${value}": dryRun: Unsupported value: "${value}": supported values: "All"`);
  return value === "All";
};

function deleteOptionsOf(request: ApiRequest): DeleteOptions {
  const body = { ...(request.body as DeleteOptions | undefined) };
  const grace = queryValue(request, "gracePeriodSeconds");
  const propagation = queryValue(request, "propagationPolicy");
  if (grace !== undefined) body.gracePeriodSeconds = Number(grace);
  if (propagation) body.propagationPolicy = propagation as DeleteOptions["propagationPolicy"] & string;
  return body;
}

const includeOf = (request: ApiRequest): IncludeObject =>
  (queryValue(request, "includeObject") as IncludeObject | undefined) ?? "Metadata";
