import type { KindDefinition } from "../../apiserver/kind";
import { deepEqual } from "../../kernel/freeze";
import type { EndpointSlice } from "../types";
import { endpointSliceColumns, endpointSliceRow } from "./table";
import { validateEndpointSlice, validateEndpointSliceUpdate } from "./validation";

const contents = ({ addressType, endpoints, ports }: EndpointSlice) => ({ addressType, endpoints, ports });

export const endpointSlice: KindDefinition<EndpointSlice> = {
  group: "discovery.k8s.io",
  version: "v1",
  kind: "EndpointSlice",
  plural: "endpointslices",
  singular: "endpointslice",
  namespaced: true,
  setDefaults(draft) {
    for (const port of (draft.ports ?? []) as any[]) {
      port.name ??= "";
      port.protocol ||= "TCP";
    }
    (draft as any).endpoints ??= null;
    (draft as any).ports ??= null;
    for (const endpoint of (draft.endpoints ?? []) as any[]) endpoint.conditions ??= {};
  },
  prepareForCreate(draft) {
    (draft.metadata as any).generation = 1;
  },
  prepareForUpdate(draft, old) {
    const changed =
      !deepEqual(contents(draft), contents(old)) || !deepEqual(draft.metadata.labels, old.metadata.labels);
    (draft.metadata as any).generation = Number(old.metadata.generation ?? 0) + (changed ? 1 : 0);
  },
  validate: validateEndpointSlice,
  validateUpdate: validateEndpointSliceUpdate,
  columns: endpointSliceColumns,
  row: endpointSliceRow,
};
