import type { KindDefinition } from "../../apiserver/kind";
import { serviceProxy } from "../../apiserver/subresources/proxy";
import type { Service } from "../types";
import { isDns1035Label } from "../validation/names";
import { defaultService } from "./defaults";
import { prepareServiceForCreate, prepareServiceForUpdate } from "./strategy";
import { serviceColumns, serviceRow } from "./table";
import { validateServiceStatusUpdate, validateServiceUpdate } from "./update";
import { validateService } from "./validation";
import { serviceWarnings } from "./warnings";

export const service: KindDefinition<Service> = {
  group: "",
  version: "v1",
  kind: "Service",
  plural: "services",
  singular: "service",
  shortNames: ["svc"],
  categories: ["all"],
  namespaced: true,
  hasStatus: true,
  subresources: [serviceProxy],
  validateName: isDns1035Label,
  setDefaults: defaultService,
  prepareForCreate: prepareServiceForCreate,
  prepareForUpdate: prepareServiceForUpdate,
  validate: validateService,
  validateUpdate: validateServiceUpdate,
  validateStatusUpdate: validateServiceStatusUpdate,
  warnings: serviceWarnings,
  columns: serviceColumns,
  row: serviceRow,
  selectableFields: ({ spec }) => ({ "spec.clusterIP": spec.clusterIP ?? "", "spec.type": spec.type ?? "" }),
};
