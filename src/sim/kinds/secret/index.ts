import type { KindDefinition } from "../../apiserver/kind";
import type { Secret } from "../types";
import { defaultSecret } from "./defaults";
import { secretColumns, secretRow } from "./table";
import { validateSecret, validateSecretUpdate } from "./validation";

export const secret: KindDefinition<Secret> = {
  group: "",
  version: "v1",
  kind: "Secret",
  plural: "secrets",
  singular: "secret",
  namespaced: true,
  setDefaults: defaultSecret,
  validate: validateSecret,
  validateUpdate: validateSecretUpdate,
  columns: secretColumns,
  row: secretRow,
  selectableFields: (secret) => ({ type: secret.type ?? "" }),
};
