import { clone } from "../../kernel/freeze";
import { nonNegative } from "../../kinds/validation/numbers";
import type { KubeObject } from "../../types";
import type { Call } from "../call";
import type { KindDefinition } from "../kind";
import { applyMergePatch } from "../patch/json";
import type { ApiResponse } from "../request";
import { formatLabelSelector, labelSelectorOf } from "../selectors/labels";
import {
  badRequest,
  conflict,
  type FieldError,
  internalError,
  invalid,
  methodNotSupported,
  OPTIMISTIC_LOCK,
} from "../status";
import { groupResource, type Verbs, type WriteOptions } from "../verbs";

const valueAt = (object: unknown, path: string): any =>
  path
    .split(".")
    .filter(Boolean)
    .reduce((value: any, part) => value?.[part], object);

const labelsOf = (selector: any) =>
  selector?.matchLabels || selector?.matchExpressions
    ? labelSelectorOf(selector)
    : labelSelectorOf({ matchLabels: selector ?? {} });

/** The autoscaling/v1 Scale of a workload. */
export function scaleOf(kind: KindDefinition, object: KubeObject): KubeObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const path = kind.scale!.specReplicasPath;
  if (kind.structural && valueAt(object, path) === undefined)
    throw internalError(`the spec replicas field ${JSON.stringify(path)} does not exist`);
  return {
    kind: "Scale",
    apiVersion: "autoscaling/v1",
    metadata: {
      name,
      ...(namespace && { namespace }),
      uid,
      resourceVersion,
      ...(creationTimestamp && { creationTimestamp }),
    },
    spec: { replicas: valueAt(object, kind.scale!.specReplicasPath) ?? 0 },
    status: {
      replicas: valueAt(object, kind.scale!.statusReplicasPath) ?? 0,
      selector: kind.structural
        ? (valueAt(object, kind.scale!.selectorPath || "-") ?? "")
        : formatLabelSelector(labelsOf(object.spec?.selector) ?? []),
    },
  };
}

/** ValidateScale */
export const validateScale = (replicas: number): FieldError[] => nonNegative(replicas, "spec.replicas");

/** Writes a Scale's `spec.replicas` into the workload. */
export function updateScale(
  verbs: Verbs,
  kind: KindDefinition,
  old: KubeObject,
  scale: unknown,
  options: WriteOptions,
): KubeObject {
  const { spec, metadata } = (scale ?? {}) as {
    spec?: { replicas?: number };
    metadata?: { name?: string; resourceVersion?: string };
  };
  if (metadata?.resourceVersion && metadata.resourceVersion !== old.metadata.resourceVersion) {
    throw conflict(groupResource(kind), old.metadata.name, OPTIMISTIC_LOCK);
  }
  const replicas = spec?.replicas ?? 0;
  if (typeof replicas !== "number" || !Number.isInteger(replicas))
    throw badRequest("json: cannot unmarshal into Go struct field ScaleSpec.spec.replicas of type int32");
  const errors = validateScale(replicas);
  if (errors.length > 0) throw invalid({ group: "autoscaling", kind: "Scale" }, old.metadata.name, errors);
  const draft = clone(old);
  const parts = kind.scale!.specReplicasPath.split(".").filter(Boolean);
  const last = parts.pop()!;
  valueAt(draft, parts.join("."))[last] = replicas;
  return scaleOf(kind, verbs.replace(kind, old, draft, { ...options, subresource: "", writtenThrough: "scale" }));
}

/** …/scale of a workload. */
export function handleScale({ verbs, kind, path, request, write }: Call): ApiResponse {
  const old = verbs.get(kind, path.namespace, path.name!);
  switch (request.method) {
    case "GET":
      return { status: 200, body: scaleOf(kind, old) };
    case "PUT":
      return { status: 200, body: updateScale(verbs, kind, old, request.body, write) };
    case "PATCH":
      return {
        status: 200,
        body: updateScale(verbs, kind, old, applyMergePatch(scaleOf(kind, old), request.body), write),
      };
    default:
      throw methodNotSupported(
        { ...groupResource(kind), resource: `${kind.plural}/scale` },
        request.method.toLowerCase(),
      );
  }
}
