import type { KindDefinition } from "../../apiserver/kind";

export const serviceAccount: KindDefinition = {
  group: "",
  version: "v1",
  kind: "ServiceAccount",
  plural: "serviceaccounts",
  singular: "serviceaccount",
  shortNames: ["sa"],
  categories: [],
  namespaced: true,
  hasStatus: true,
  columns: [{ name: "Name", type: "string", format: "name" }],
  row: (object) => [object.metadata.name],
};
