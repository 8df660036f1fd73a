import type { KindDefinition } from "../../apiserver/kind";
import { tokenRequest } from "../../apiserver/subresources/token-request";
import type { ServiceAccount } from "../types";
import { validateMetadata, validateMetadataUpdate } from "../validation/metadata";
import { isDns1123Subdomain } from "../validation/names";
import { serviceAccountColumns, serviceAccountRow } from "./table";

export const serviceAccount: KindDefinition<ServiceAccount> = {
  group: "",
  version: "v1",
  kind: "ServiceAccount",
  plural: "serviceaccounts",
  singular: "serviceaccount",
  shortNames: ["sa"],
  namespaced: true,
  validate: (account) => validateMetadata(account.metadata, true, isDns1123Subdomain),
  validateUpdate: (account, old) => validateMetadataUpdate(account.metadata, old.metadata),
  subresources: [tokenRequest],
  columns: serviceAccountColumns,
  row: serviceAccountRow,
};
