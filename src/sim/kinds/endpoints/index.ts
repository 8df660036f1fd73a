import type { KindDefinition } from "../../apiserver/kind";
import type { Endpoints } from "../types";
import { endpointsColumns, endpointsRow } from "./table";
import { validateEndpoints, validateEndpointsUpdate } from "./validation";

export const endpoints: KindDefinition<Endpoints> = {
  group: "",
  version: "v1",
  kind: "Endpoints",
  plural: "endpoints",
  singular: "endpoints",
  shortNames: ["ep"],
  namespaced: true,
  setDefaults(draft) {
    for (const subset of draft.subsets ?? []) for (const port of subset.ports ?? []) (port as any).protocol ||= "TCP";
  },
  deprecation: "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice",
  validate: validateEndpoints,
  validateUpdate: validateEndpointsUpdate,
  columns: endpointsColumns,
  row: endpointsRow,
};
