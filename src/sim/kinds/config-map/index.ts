import type { KindDefinition } from "../../apiserver/kind";
import type { ConfigMap } from "../types";
import { configMapColumns, configMapRow } from "./table";
import { validateConfigMap, validateConfigMapUpdate } from "./validation";

export const configMap: KindDefinition<ConfigMap> = {
  group: "",
  version: "v1",
  kind: "ConfigMap",
  plural: "configmaps",
  singular: "configmap",
  shortNames: ["cm"],
  namespaced: true,
  validate: validateConfigMap,
  validateUpdate: validateConfigMapUpdate,
  columns: configMapColumns,
  row: configMapRow,
};
