import type { KindDefinition } from "../../apiserver/kind";
import type { ClusterRole, ClusterRoleBinding, Role, RoleBinding } from "../types";
import { isPathSegmentName } from "../validation/references";
import { bindingColumns, bindingRow, roleColumns, roleRow } from "./table";
import {
  RBAC_GROUP,
  validateBindingUpdate,
  validateClusterRole,
  validateClusterRoleBinding,
  validateRole,
  validateRoleBinding,
  validateRoleUpdate,
} from "./validation";

const common = { group: RBAC_GROUP, version: "v1", validateName: isPathSegmentName };

/** SetDefaults_RoleBinding: whom and what a binding names belongs to this group, but for service accounts. */
function defaultBinding(draft: RoleBinding | ClusterRoleBinding): void {
  const { roleRef, subjects } = draft as any;
  if (roleRef) roleRef.apiGroup ||= RBAC_GROUP;
  for (const subject of subjects ?? []) {
    if (subject.kind === "User" || subject.kind === "Group") subject.apiGroup ||= RBAC_GROUP;
  }
}

export const role: KindDefinition<Role> = {
  ...common,
  kind: "Role",
  plural: "roles",
  singular: "role",
  namespaced: true,
  validate: validateRole,
  validateUpdate: validateRoleUpdate,
  columns: roleColumns,
  row: roleRow,
};

export const clusterRole: KindDefinition<ClusterRole> = {
  ...common,
  kind: "ClusterRole",
  plural: "clusterroles",
  singular: "clusterrole",
  namespaced: false,
  validate: validateClusterRole,
  validateUpdate: validateRoleUpdate,
  columns: roleColumns,
  row: roleRow,
};

export const roleBinding: KindDefinition<RoleBinding> = {
  ...common,
  kind: "RoleBinding",
  plural: "rolebindings",
  singular: "rolebinding",
  namespaced: true,
  setDefaults: defaultBinding,
  validate: validateRoleBinding,
  validateUpdate: validateBindingUpdate,
  columns: bindingColumns,
  row: bindingRow,
};

export const clusterRoleBinding: KindDefinition<ClusterRoleBinding> = {
  ...common,
  kind: "ClusterRoleBinding",
  plural: "clusterrolebindings",
  singular: "clusterrolebinding",
  namespaced: false,
  setDefaults: defaultBinding,
  validate: validateClusterRoleBinding,
  validateUpdate: validateBindingUpdate,
  columns: bindingColumns,
  row: bindingRow,
};
