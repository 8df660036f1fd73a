import type { KindDefinition } from "../../apiserver/kind";

export const node: KindDefinition = {
  group: "",
  version: "v1",
  kind: "Node",
  plural: "nodes",
  singular: "node",
  shortNames: ["no"],
  categories: [],
  namespaced: false,
  hasStatus: true,
  columns: [{ name: "Name", type: "string", format: "name" }],
  row: (object) => [object.metadata.name],
};
