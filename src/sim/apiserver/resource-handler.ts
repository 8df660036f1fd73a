import type { Sim } from "../component";
import type { KubeObject, UserInfo } from "../types";
import type { Call } from "./call";
import type { DeleteOptions } from "./client";
import { decodeStrictly } from "./field-validation";
import { type Computed, groupVersion, type KindDefinition, resourceName, storedResource } from "./kind";
import { checkListOptions, tooLarge, wantedVersion } from "./list-options";
import { listPage, queryFlag, queryValue, type Selection, selectionOf } from "./listing";
import { withFieldTrees } from "./managed-fields/entries";
import { checkPatchOptions, PATCH_TYPES, patched, patchTypeOf } from "./patching";
import type { ResourcePath } from "./path";
import type { ApiRequest, ApiResponse } from "./request";
import { badRequest, methodNotSupported, notFound, pageNotFound, type Status } from "./status";
import { handleScale } from "./subresources/scale";
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
    private readonly sim: () => Sim,
  ) {}

  handle(request: ApiRequest, kind: KindDefinition, path: ResourcePath, user: UserInfo): ApiResponse {
    const warnings: string[] = [];
    const write = this.write(request, path, user, (text) => warnings.push(text));
    const call: Call = { request, path, kind, user, sim: this.sim(), verbs: this.verbs, write };
    const response = this.answer(call);
    return warnings.length > 0 ? { ...response, warnings: [...warnings, ...(response.warnings ?? [])] } : response;
  }

  private answer(call: Call): ApiResponse {
    const { kind, path, request } = call;
    if (kind.computed && !this.concernsStored(call, kind.computed)) return this.computed(call, kind.computed);
    if (path.subresource === "scale" && kind.scale) return handleScale(call);
    if (path.subresource && path.subresource !== "status") return this.subresource(call, path.subresource);
    if (path.subresource === "status" && !kind.hasStatus) throw pageNotFound();
    const { namespace, name } = path;
    switch (request.method) {
      case "GET":
      case "HEAD":
        if (name === undefined) return this.list(request, kind, namespace);
        this.checkVersion(request);
        return this.show(request, kind, 200, this.asOfNow(kind)(this.verbs.get(kind, namespace, name)));
      case "POST": {
        if (name !== undefined) throw methodNotSupported(groupResource(kind), "create");
        const { body, warnings } = this.decode(request, kind);
        const created = this.verbs.create(kind, namespace, body, call.write);
        return this.show(request, kind, 201, created, [...warnings, ...(kind.warnings?.(created) ?? [])]);
      }
      case "PUT":
      case "PATCH":
        if (name === undefined)
          throw methodNotSupported(groupResource(kind), request.method === "PUT" ? "update" : "patch");
        return this.change(call, name);
      case "DELETE":
        return name === undefined ? this.deleteCollection(call) : this.delete(call, name);
      default:
        throw methodNotSupported(groupResource(kind), request.method.toLowerCase());
    }
  }

  /** PUT and PATCH of an object, its status, or a subresource with rules of its own. */
  private change(call: Call, name: string): ApiResponse {
    const { request, kind, path, write } = call;
    const { namespace } = path;
    if (request.method === "PATCH" && patchTypeOf(request) === PATCH_TYPES.apply) return this.apply(call, name);
    const old = this.verbs.get(kind, namespace, name);
    let updated: KubeObject;
    let warnings: string[];
    if (request.method === "PUT") {
      const decoded = this.decode(request, kind);
      ({ warnings } = decoded);
      updated = this.verbs.update(kind, namespace, name, decoded.body, write);
    } else {
      checkPatchOptions(request, PATCH_TYPES.merge);
      const draft = patched(kind, withFieldTrees(old), request.headers?.["content-type"], request.body);
      ({ warnings } = this.decode({ ...request, body: asKind(kind, draft) }, kind));
      updated = this.verbs.replace(kind, old, draft, write);
    }
    return this.show(request, kind, 200, updated, [...warnings, ...(kind.warnings?.(updated, old) ?? [])]);
  }

  private apply({ request, kind, path, write }: Call, name: string): ApiResponse {
    checkPatchOptions(request, PATCH_TYPES.apply);
    const old = this.verbs.store.get(storedResource(kind), path.namespace, name);
    const force = queryFlag(request, "force");
    const { object, created } = this.verbs.apply(kind, path.namespace, name, request.body, { ...write, force });
    return this.show(request, kind, created ? 201 : 200, object, kind.warnings?.(object, old) ?? []);
  }

  /** Kinds of which nothing is stored. */
  private computed(call: Call, { create, list, missing, besideStored }: Computed): ApiResponse {
    const { request, kind, path } = call;
    const { namespace, name } = path;
    if (request.method === "POST" && create && name === undefined) {
      const { body, warnings } = this.decode(request, kind);
      if (typeof body !== "object" || Array.isArray(body))
        throw badRequest("the object provided is unrecognized (must be of type Object)");
      const object = { apiVersion: groupVersion(kind), kind: kind.kind, ...body } as KubeObject;
      return this.show(request, kind, 201, create(call, object), warnings);
    }
    if ((request.method !== "GET" && request.method !== "HEAD") || !list)
      throw methodNotSupported(groupResource(kind), verbOf(request, name));
    const own = list(call, namespace);
    const items = besideStored ? [...own, ...this.verbs.store.list(resourceName(kind), namespace)].sort(byName) : own;
    if (name === undefined) return this.list(request, kind, namespace, items);
    const found = items.find((item) => item.metadata.name === name);
    if (!found) throw missing?.(call, name) ?? notFound(groupResource(kind), name);
    return this.show(request, kind, 200, found);
  }

  /** Of a kind with objects of both sorts: whether the request is about one that is stored, or is to be. */
  private concernsStored(call: Call, { list, besideStored }: Computed): boolean {
    if (!besideStored) return false;
    const { name } = call.path;
    if (name === undefined) return call.request.method !== "GET" && call.request.method !== "HEAD";
    return !list?.(call, undefined).some(({ metadata }) => metadata.name === name);
  }

  watch(request: ApiRequest, kind: KindDefinition, path: ResourcePath): Watch {
    if (kind.computed && !kind.computed.besideStored) throw methodNotSupported(groupResource(kind), "watch");
    const selection = selectionOf(request, kind, path.namespace, path.name);
    const { store } = this.verbs;
    checkListOptions(request, true);
    const since = wantedVersion(request);
    const fromStart = since === 0;
    const initial = fromStart
      ? listPage(store, selection, { ...request, query: {} }).items.map(this.asOfNow(kind))
      : [];
    const cursor = fromStart ? store.resourceVersion : since;
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

  private list(
    request: ApiRequest,
    kind: KindDefinition,
    namespace: string | undefined,
    computed?: readonly KubeObject[],
  ): ApiResponse {
    checkListOptions(request, false);
    this.checkVersion(request);
    const selection: Selection = selectionOf(request, kind, namespace);
    const page = listPage(this.verbs.store, selection, request, computed);
    const items = kind.asOfNow ? page.items.map(this.asOfNow(kind)) : page.items;
    // What nothing is stored of has no version either.
    const metadata = kind.computed && !kind.computed.besideStored ? {} : page.metadata;
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
        return {
          status: 200,
          body: {
            kind: kind.listKind ?? `${kind.kind}List`,
            apiVersion: groupVersion(kind),
            metadata,
            items: items.map((item) => withFieldTrees(item)),
          },
        };
    }
  }

  private asOfNow(kind: KindDefinition): (object: KubeObject) => KubeObject {
    return (object) => kind.asOfNow?.(object, this.sim()) ?? object;
  }

  /** What is read may be newer than what was asked for, never older. */
  private checkVersion(request: ApiRequest): void {
    const wanted = wantedVersion(request);
    const { resourceVersion } = this.verbs.store;
    if (wanted > resourceVersion) throw tooLarge(wanted, resourceVersion);
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
          : withFieldTrees(object);
    return { status, body, ...(warnings.length > 0 && { warnings }) };
  }

  private delete({ request, kind, path: { namespace }, write }: Call, name: string): ApiResponse {
    const body = deleteOptionsOf(request);
    const { object, gone } = this.verbs.delete(kind, namespace, name, body, write);
    if (!gone || RETURNS_DELETED.has(kind.plural)) return this.show(request, kind, 200, object);
    const details: Status["details"] = {
      name,
      ...(kind.group && { group: kind.group }),
      kind: kind.plural,
      uid: object.metadata.uid,
    };
    return { status: 200, body: { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success", details } };
  }

  private deleteCollection({ request, kind, path: { namespace }, write }: Call): ApiResponse {
    const { items } = listPage(this.verbs.store, selectionOf(request, kind, namespace), request);
    const body = deleteOptionsOf(request);
    for (const item of items) this.verbs.delete(kind, item.metadata.namespace, item.metadata.name, body, write);
    return {
      status: 200,
      body: {
        kind: kind.listKind ?? `${kind.kind}List`,
        apiVersion: groupVersion(kind),
        metadata: { resourceVersion: String(this.verbs.store.resourceVersion) },
        items,
      },
    };
  }

  private subresource(call: Call, name: string): ApiResponse {
    const { kind, path, request } = call;
    const subresource = kind.subresources?.find((one) => one.name === name);
    if (!subresource) throw pageNotFound();
    if (!subresource.verbs.includes(verbOf(request, path.name)))
      throw methodNotSupported({ group: kind.group, resource: `${kind.plural}/${name}` }, verbOf(request, path.name));
    if (subresource.handle) return subresource.handle(call);
    if (!subresource.strategy) throw badRequest("Upgrade request required");
    if (request.method === "GET")
      return this.show(request, kind, 200, this.asOfNow(kind)(this.verbs.get(kind, path.namespace, path.name!)));
    return this.change(call, path.name!);
  }

  /** What came in, checked for unknown and mistyped fields as `fieldValidation` asks. */
  private decode(request: ApiRequest, kind: KindDefinition): { body: unknown; warnings: string[] } {
    const mode = queryValue(request, "fieldValidation") ?? "Warn";
    return { body: request.body, warnings: decodeStrictly(kind, request.body, mode) };
  }

  private write(
    request: ApiRequest,
    { subresource }: ResourcePath,
    user: UserInfo,
    warn: (text: string) => void,
  ): WriteOptions {
    const fieldManager = queryValue(request, "fieldManager") || request.headers?.["user-agent"]?.split("/")[0];
    return {
      user,
      warn,
      dryRun: isDryRun(request),
      ...(subresource && { subresource }),
      ...(fieldManager && { fieldManager }),
    };
  }
}

const byName = (a: KubeObject, b: KubeObject) => (a.metadata.name < b.metadata.name ? -1 : 1);

/** The API's verb of a method, as discovery and RBAC name it. */
function verbOf({ method }: ApiRequest, name: string | undefined): string {
  switch (method) {
    case "POST":
      return "create";
    case "PUT":
      return "update";
    case "DELETE":
      return name === undefined ? "deletecollection" : "delete";
    case "GET":
    case "HEAD":
      return name === undefined ? "list" : "get";
    default:
      return method.toLowerCase();
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

/** A patch may call the object what it likes: it is read as what the path says. */
function asKind(kind: KindDefinition, draft: KubeObject): unknown {
  const isNamed = typeof draft.apiVersion === "string" && typeof draft.kind === "string";
  return isNamed ? { ...draft, apiVersion: groupVersion(kind), kind: kind.kind } : draft;
}
