import type { KubeObject } from "../types";
import type { KindDefinition } from "./kind";
import { withFieldTrees } from "./managed-fields/entries";

/** What a client accepts besides the object itself (kubernetes.io/docs/reference/using-api/api-concepts, "Receiving resources as Tables"). */
export type Representation = "object" | "table" | "metadata";

export function representationOf(accept: string | undefined): Representation {
  for (const part of (accept ?? "").split(",")) {
    if (/;\s*as=Table\b/.test(part)) return "table";
    if (/;\s*as=PartialObjectMetadata(List)?\b/.test(part)) return "metadata";
    if (part.includes("application/json")) return "object";
  }
  return "object";
}

/** How a row carries its object: whole, as metadata, or not at all. */
export type IncludeObject = "Metadata" | "Object" | "None";

export const partialMetadata = (object: KubeObject, listed = false) => ({
  ...(listed ? {} : { kind: "PartialObjectMetadata", apiVersion: "meta.k8s.io/v1" }),
  metadata: withFieldTrees(object).metadata,
});

/** A Table of objects; `metadata` is the list's. */
export function tableOf(
  kind: KindDefinition,
  objects: readonly KubeObject[],
  metadata: unknown,
  nowMs: number,
  include: IncludeObject = "Metadata",
  withColumns = true,
): Record<string, unknown> {
  return {
    kind: "Table",
    apiVersion: "meta.k8s.io/v1",
    metadata,
    columnDefinitions: withColumns
      ? kind.columns.map((column) => ({
          name: column.name,
          type: column.type,
          format: column.format ?? "",
          description: column.description ?? "",
          priority: column.priority ?? 0,
        }))
      : null,
    rows: objects.map((object) => ({
      cells: kind.row(object, nowMs),
      ...(include === "Object" && { object: withFieldTrees(object) }),
      ...(include === "Metadata" && {
        object: partialMetadata(object),
      }),
      ...(include === "None" && { object: null }),
    })),
  };
}
