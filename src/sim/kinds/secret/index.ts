import type { KindDefinition } from "../../apiserver/kind";

export const secret: KindDefinition = {
  group: "",
  version: "v1",
  kind: "Secret",
  plural: "secrets",
  singular: "secret",
  shortNames: [],
  categories: [],
  namespaced: true,
  hasStatus: true,
  columns: [{ name: "Name", type: "string", format: "name" }],
  row: (object) => [object.metadata.name],
};
