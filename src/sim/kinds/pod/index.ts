import type { KindDefinition } from "../../apiserver/kind";

export const pod: KindDefinition = {
  group: "",
  version: "v1",
  kind: "Pod",
  plural: "pods",
  singular: "pod",
  shortNames: ["po"],
  categories: ["all"],
  namespaced: true,
  hasStatus: true,
  columns: [{ name: "Name", type: "string", format: "name" }],
  row: (object) => [object.metadata.name],
};
