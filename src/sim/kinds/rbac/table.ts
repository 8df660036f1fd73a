import type { Cell, Column } from "../../apiserver/kind";
import { AGE_COLUMN, age, NAME_COLUMN, shown, wide } from "../printing";
import type { ClusterRole, ClusterRoleBinding, Role, RoleBinding, Subject } from "../types";

/** Roles show when they were made, not how old they are. */
export const roleColumns: Column[] = [NAME_COLUMN, { name: "Created At", type: "date" }];

export const roleRow = ({ metadata }: Role | ClusterRole): Cell[] => [
  metadata.name,
  (metadata.creationTimestamp as unknown as string) ?? "<unknown>",
];

export const bindingColumns: Column[] = [
  NAME_COLUMN,
  shown("Role"),
  AGE_COLUMN,
  wide("Users"),
  wide("Groups"),
  wide("ServiceAccounts"),
];

export function bindingRow({ metadata, roleRef, subjects }: RoleBinding | ClusterRoleBinding, nowMs: number): Cell[] {
  const named = (kind: string, text: (subject: Subject) => string) =>
    (subjects ?? [])
      .filter((subject) => subject.kind === kind)
      .map(text)
      .join(", ");
  return [
    metadata.name,
    `${roleRef.kind}/${roleRef.name}`,
    age(metadata.creationTimestamp, nowMs),
    named("User", ({ name }) => name),
    named("Group", ({ name }) => name),
    named("ServiceAccount", ({ namespace, name }) => `${namespace ?? ""}/${name}`),
  ];
}
