import type { KindDefinition } from "../../apiserver/kind";
import { deepEqual } from "../../kernel/freeze";
import { AGE_COLUMN, age, NAME_COLUMN, NONE, shown } from "../printing";
import type { IngressClass } from "../types";
import { validateIngressClass, validateIngressClassUpdate } from "./validation";

export const ingressClass: KindDefinition<IngressClass> = {
  group: "networking.k8s.io",
  version: "v1",
  kind: "IngressClass",
  plural: "ingressclasses",
  singular: "ingressclass",
  namespaced: false,
  setDefaults(draft) {
    (draft as any).spec ??= {};
    if (draft.spec.parameters) (draft.spec.parameters as any).scope ??= "Cluster";
  },
  prepareForCreate(draft) {
    (draft.metadata as any).generation = 1;
  },
  prepareForUpdate(draft, old) {
    if (!deepEqual(draft.spec, old.spec)) (draft.metadata as any).generation = Number(old.metadata.generation ?? 0) + 1;
  },
  validate: validateIngressClass,
  validateUpdate: validateIngressClassUpdate,
  columns: [NAME_COLUMN, shown("Controller"), shown("Parameters"), AGE_COLUMN],
  row: ({ metadata, spec }, nowMs) => [
    metadata.name,
    spec.controller ?? "",
    parametersText(spec.parameters),
    age(metadata.creationTimestamp, nowMs),
  ],
};

/** `IngressParameters.k8s.example.com/external` */
function parametersText(parameters: IngressClass["spec"]["parameters"]): string {
  if (!parameters) return NONE;
  const group = typeof parameters.apiGroup === "string" ? `.${parameters.apiGroup}` : "";
  return `${parameters.kind}${group}/${parameters.name}`;
}
