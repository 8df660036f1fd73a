import type { KindDefinition } from "../../apiserver/kind";
import { nodeAsOfNow } from "../../heartbeats/as-of-now";
import { canonicalQuantity } from "../quantity";
import type { Node } from "../types";
import { nodeProxy } from "./proxy";
import { nodeColumns, nodeRow } from "./table";
import { validateNode, validateNodeUpdate } from "./validation";

export const node: KindDefinition<Node> = {
  group: "",
  version: "v1",
  kind: "Node",
  plural: "nodes",
  singular: "node",
  shortNames: ["no"],
  namespaced: false,
  hasStatus: true,
  subresources: [nodeProxy],
  setDefaults(draft) {
    draft.spec ??= {};
    draft.status ??= {};
    const status = draft.status as any;
    status.daemonEndpoints ??= { kubeletEndpoint: { Port: 0 } };
    status.nodeInfo ??= {
      architecture: "",
      bootID: "",
      containerRuntimeVersion: "",
      kernelVersion: "",
      kubeProxyVersion: "",
      kubeletVersion: "",
      machineID: "",
      operatingSystem: "",
      osImage: "",
      systemUUID: "",
    };
    for (const list of [status.capacity, status.allocatable]) {
      for (const name of Object.keys(list ?? {})) list[name] = canonicalQuantity(list[name]);
    }
    if (status.capacity) status.allocatable ??= { ...status.capacity };
  },
  prepareForUpdate(draft, old) {
    draft.status = old.status;
  },
  validate: validateNode,
  validateUpdate: validateNodeUpdate,
  validateStatusUpdate: validateNodeUpdate,
  asOfNow: (node, sim) => nodeAsOfNow(sim, node as any) as unknown as Node,
  columns: nodeColumns,
  row: nodeRow,
  selectableFields: ({ spec }) => ({ "spec.unschedulable": String(spec.unschedulable ?? false) }),
};
