import type { KindDefinition } from "../../apiserver/kind";
import { deepEqual } from "../../kernel/freeze";
import type { Ingress } from "../types";
import { ingressColumns, ingressRow } from "./table";
import { CLASS_ANNOTATION, validateIngress, validateIngressStatusUpdate, validateIngressUpdate } from "./validation";

export const ingress: KindDefinition<Ingress> = {
  group: "networking.k8s.io",
  version: "v1",
  kind: "Ingress",
  plural: "ingresses",
  singular: "ingress",
  shortNames: ["ing"],
  namespaced: true,
  hasStatus: true,
  setDefaults(draft) {
    (draft as any).spec ??= {};
    (draft as any).status ??= { loadBalancer: {} };
  },
  prepareForCreate(draft) {
    (draft as any).status = { loadBalancer: {} };
    (draft.metadata as any).generation = 1;
  },
  prepareForUpdate(draft, old) {
    (draft as any).status = old.status;
    if (!deepEqual(draft.spec, old.spec)) (draft.metadata as any).generation = Number(old.metadata.generation ?? 0) + 1;
  },
  validate: validateIngress,
  validateUpdate: validateIngressUpdate,
  validateStatusUpdate: validateIngressStatusUpdate,
  warnings({ metadata }, old) {
    if (metadata.annotations?.[CLASS_ANNOTATION] === undefined || old) return [];
    return [`annotation "${CLASS_ANNOTATION}" is deprecated, please use 'spec.ingressClassName' instead`];
  },
  columns: ingressColumns,
  row: ingressRow,
};
