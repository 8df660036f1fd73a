import type { KindDefinition } from "../../apiserver/kind";
import { clone, deepEqual } from "../../kernel/freeze";
import type { KubeObject } from "../../types";
import type { CustomResourceDefinition } from "../custom-resource/definition-types";
import { NAME_COLUMN } from "../printing";
import { validateMetadataUpdate } from "../validation/metadata";
import { validateDefinition, validateDefinitionUpdate } from "./validation";
import { validateNames } from "./validation/names";

/** Keeps a definition until its objects are gone. */
export const CLEANUP_FINALIZER = "customresourcecleanup.apiextensions.k8s.io";

function setDefaults(draft: CustomResourceDefinition): void {
  const { spec } = draft as any;
  if (typeof spec !== "object" || spec === null) return;
  if (spec.names) {
    if (!spec.names.singular && spec.names.kind) spec.names.singular = spec.names.kind.toLowerCase();
    if (!spec.names.listKind && spec.names.kind) spec.names.listKind = `${spec.names.kind}List`;
  }
  spec.conversion ??= { strategy: "None" };
  const service = spec.conversion.webhook?.clientConfig?.service;
  if (service) service.port ??= 443;
}

/** The storage version is noted as one in which objects may be stored. */
function noteStoredVersion(draft: CustomResourceDefinition): void {
  const storage = draft.spec?.versions?.find((version) => version.storage)?.name;
  const status = draft.status as any;
  const stored: string[] = status.storedVersions ?? [];
  if (storage !== undefined && !stored.includes(storage)) status.storedVersions = [...stored, storage];
}

const asDefinition = (object: KubeObject) => object as unknown as CustomResourceDefinition;

export const customResourceDefinition: KindDefinition = {
  group: "apiextensions.k8s.io",
  version: "v1",
  kind: "CustomResourceDefinition",
  plural: "customresourcedefinitions",
  singular: "customresourcedefinition",
  shortNames: ["crd", "crds"],
  categories: ["api-extensions"],
  namespaced: false,
  hasStatus: true,
  setDefaults: (draft) => setDefaults(asDefinition(draft)),
  prepareForCreate(draft) {
    (draft.metadata as any).generation = 1;
    draft.status = {};
    noteStoredVersion(asDefinition(draft));
  },
  prepareForUpdate(draft, old) {
    draft.status = clone(old.status ?? {});
    if (!deepEqual(draft.spec, old.spec)) (draft.metadata as any).generation = Number(old.metadata.generation ?? 0) + 1;
    noteStoredVersion(asDefinition(draft));
  },
  deletionFinalizer: CLEANUP_FINALIZER,
  validate: (object) => validateDefinition(asDefinition(object)),
  validateUpdate: (object, old) => validateDefinitionUpdate(asDefinition(object), asDefinition(old)),
  validateStatusUpdate: (definition, old) => [
    ...validateMetadataUpdate(definition.metadata, old.metadata),
    ...validateNames(definition.status?.acceptedNames ?? { plural: "", kind: "" }, "status.acceptedNames"),
  ],
  columns: [NAME_COLUMN, { name: "Created At", type: "date" }],
  row: ({ metadata }) => [metadata.name, (metadata.creationTimestamp as string | undefined) ?? "<unknown>"],
};
