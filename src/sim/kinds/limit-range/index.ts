import type { KindDefinition } from "../../apiserver/kind";
import { NAME_COLUMN } from "../printing";
import type { LimitRange } from "../types";
import { validateMetadataUpdate } from "../validation/metadata";
import { defaultLimitRange } from "./defaults";
import { validateLimitRange } from "./validation";

/** Bounds and defaults for what the pods and claims of a namespace may ask for. */
export const limitRange: KindDefinition<LimitRange> = {
  group: "",
  version: "v1",
  kind: "LimitRange",
  plural: "limitranges",
  singular: "limitrange",
  shortNames: ["limits"],
  namespaced: true,
  setDefaults: defaultLimitRange,
  validate: validateLimitRange,
  validateUpdate: (range, old) => validateMetadataUpdate(range.metadata, old.metadata),
  columns: [NAME_COLUMN, { name: "Created At", type: "date" }],
  row: ({ metadata }) => [metadata.name, (metadata.creationTimestamp as unknown as string) ?? "<unknown>"],
};
