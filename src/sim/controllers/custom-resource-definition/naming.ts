import { deepEqual } from "../../kernel/freeze";
import {
  type Condition,
  type CustomResourceDefinition,
  type CustomResourceNames,
  conditionOf,
} from "../../kinds/custom-resource/definition-types";

export interface Naming {
  acceptedNames: CustomResourceNames;
  conditions: readonly [Condition, Condition];
}

const ACCEPTED: Condition = {
  type: "NamesAccepted",
  status: "True",
  reason: "NoConflicts",
  message: "no conflicts found",
};

/** Which of its names a definition gets, among those of the same group (apiextensions' naming controller). */
export function nameDefinition(definition: CustomResourceDefinition, all: readonly CustomResourceDefinition[]): Naming {
  const { names: wanted, group } = definition.spec;
  const has = definition.status?.acceptedNames ?? { plural: "", kind: "" };
  const taken = all
    .filter((one) => one.spec.group === group)
    .flatMap(({ status }) => (status?.acceptedNames ? [status.acceptedNames] : []));
  const resources = new Set(
    taken.flatMap(({ plural, singular, shortNames = [] }) => [plural, singular, ...shortNames]),
  );
  const kinds = new Set(taken.flatMap(({ kind, listKind }) => [kind, listKind]));
  let accepted: Condition = ACCEPTED;
  const refuse = (reason: string, ...names: string[]) => {
    const texts = names.map((name) => `${JSON.stringify(name)} is already in use`);
    const message = texts.length === 1 ? texts[0]! : `[${texts.join(", ")}]`;
    accepted = { type: ACCEPTED.type, status: "False", reason, message };
  };
  const next: CustomResourceNames = { ...has };
  for (const [field, reason, used] of [
    ["plural", "PluralConflict", resources],
    ["singular", "SingularConflict", resources],
    ["kind", "KindConflict", kinds],
    ["listKind", "ListKindConflict", kinds],
  ] as const) {
    const name = wanted[field] ?? "";
    if (name !== (has[field] ?? "") && used.has(name)) refuse(reason, name);
    else next[field] = name;
  }
  if (!deepEqual(wanted.shortNames ?? [], has.shortNames ?? [])) {
    const clashing = (wanted.shortNames ?? []).filter((name) => !has.shortNames?.includes(name) && resources.has(name));
    if (clashing.length > 0) refuse("ShortNamesConflict", ...clashing);
    else if (wanted.shortNames) next.shortNames = [...wanted.shortNames];
    else delete next.shortNames;
  }
  if (wanted.categories) next.categories = [...wanted.categories];
  else delete next.categories;
  return { acceptedNames: next, conditions: [accepted, established(definition, accepted)] };
}

function established(definition: CustomResourceDefinition, { status }: Condition): Condition {
  const old = conditionOf(definition, "Established");
  if (old?.status === "True") return old;
  if (status === "True") {
    const message = "the initial names have been accepted";
    return { type: "Established", status: "False", reason: "Installing", message };
  }
  return old ?? { type: "Established", status: "False", reason: "NotAccepted", message: "not all names are accepted" };
}
