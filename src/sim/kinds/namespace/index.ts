import type { KindDefinition } from "../../apiserver/kind";
import { namespaceFinalize } from "../../apiserver/subresources/namespaces";
import type { Namespace } from "../types";
import { isDns1123Label } from "../validation/names";
import { NAMESPACE_LABEL } from "./label";
import { namespaceColumns, namespaceRow } from "./table";
import { validateNamespace, validateNamespaceStatusUpdate, validateNamespaceUpdate } from "./validation";

const KUBERNETES = "kubernetes";

export const namespace: KindDefinition<Namespace> = {
  group: "",
  version: "v1",
  kind: "Namespace",
  plural: "namespaces",
  singular: "namespace",
  shortNames: ["ns"],
  namespaced: false,
  // Deleting a namespace deletes what is in it; there is no deleting of many at once.
  verbs: ["create", "delete", "get", "list", "patch", "update", "watch"],
  hasStatus: true,
  subresources: [namespaceFinalize],
  validateName: isDns1123Label,
  setDefaults(draft) {
    const { name, labels } = draft.metadata;
    if (name) (draft.metadata as any).labels = { ...labels, [NAMESPACE_LABEL]: name };
    draft.spec ??= {};
  },
  prepareForCreate(draft) {
    draft.spec ??= {};
    const spec = draft.spec as any;
    spec.finalizers ??= [];
    if (!spec.finalizers.includes(KUBERNETES)) spec.finalizers.push(KUBERNETES);
    draft.status = { phase: "Active" };
  },
  prepareForUpdate(draft, old) {
    (draft.spec as any).finalizers = old.spec.finalizers;
    draft.status = old.status;
  },
  validate: validateNamespace,
  validateUpdate: validateNamespaceUpdate,
  validateStatusUpdate: validateNamespaceStatusUpdate,
  columns: namespaceColumns,
  row: namespaceRow,
  selectableFields: ({ status }) => ({ "status.phase": status?.phase ?? "" }),
};
