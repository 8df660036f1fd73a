import type { KindDefinition } from "../../apiserver/kind";

export const service: KindDefinition = {
  group: "",
  version: "v1",
  kind: "Service",
  plural: "services",
  singular: "service",
  shortNames: ["svc"],
  categories: ["all"],
  namespaced: true,
  hasStatus: true,
  columns: [{ name: "Name", type: "string", format: "name" }],
  row: (object) => [object.metadata.name],
};
