import type { KindDefinition } from "../../apiserver/kind";
import type { FieldError } from "../../apiserver/status";
import { deepEqual } from "../../kernel/freeze";
import { AGE_COLUMN, age, NAME_COLUMN, NONE, shown } from "../printing";
import type { ControllerRevision } from "../types";
import { GoValue, immutable, required } from "../validation/field-error";
import { validateMetadata, validateMetadataUpdate } from "../validation/metadata";
import { isDns1123Subdomain } from "../validation/names";
import { nonNegative } from "../validation/numbers";

/** What a StatefulSet or DaemonSet was at a moment of its history. */
export const controllerRevision: KindDefinition<ControllerRevision> = {
  group: "apps",
  version: "v1",
  kind: "ControllerRevision",
  plural: "controllerrevisions",
  singular: "controllerrevision",
  namespaced: true,
  validate({ metadata, data, revision }): FieldError[] {
    return [
      ...validateMetadata(metadata, true, isDns1123Subdomain),
      ...(data === undefined || data === null ? [required("data", "data is mandatory")] : []),
      ...nonNegative(revision, "revision"),
    ];
  },
  validateUpdate({ metadata, data }, old) {
    const errors = validateMetadataUpdate(metadata, old.metadata);
    const shownData = new GoValue(JSON.stringify(data));
    return deepEqual(data, old.data) ? errors : [...errors, immutable("data", shownData)];
  },
  columns: [NAME_COLUMN, shown("Controller"), shown("Revision"), AGE_COLUMN],
  row({ metadata, revision }, nowMs) {
    const owner = metadata.ownerReferences?.find(({ controller }) => controller);
    const group = owner?.apiVersion.includes("/") ? `.${owner.apiVersion.split("/")[0]}` : "";
    const controller = owner ? `${`${owner.kind}${group}`.toLowerCase()}/${owner.name}` : NONE;
    return [metadata.name, controller, revision ?? 0, age(metadata.creationTimestamp, nowMs)];
  },
};
