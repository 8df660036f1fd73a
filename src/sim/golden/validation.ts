import type { KindDefinition } from "../apiserver/kind";
import type { FieldError } from "../apiserver/status";
import { kinds } from "../kinds";
import type { GoldenCase } from "./cases";
import { asManifest, asObject } from "./manifest";
import { type Ask, NOT_RUN } from "./suite";

/** A recorded `field.Error`. */
interface RecordedError {
  Field: string;
  Type: string;
  Detail: string;
}

const line = (field: string, type: string, detail: string) => `${field} ${type.replace("FieldValue", "")} ${detail}`;

/** Compares complaints by field, type and detail; the bad value's Go syntax is left to tests of its own. */
export function compareErrors(got: readonly FieldError[], recorded: readonly RecordedError[] | null): string[] {
  const want = recorded ?? [];
  const missing = want.filter(
    ({ Field, Type, Detail }) =>
      !got.some((error) => error.field === Field && error.type === Type && error.detail.endsWith(Detail)),
  );
  const extra = got.filter(({ field, type }) => !want.some(({ Field, Type }) => Field === field && Type === type));
  return [
    ...missing.map(({ Field, Type, Detail }) => `lacks ${line(Field, Type, Detail)}`),
    ...extra.map(({ field, type, detail }) => `has ${line(field, type, detail)}`),
  ];
}

/** A function of ours that is asked the first argument, as a manifest, and the field path among the others. */
export const partOf =
  (validate: (value: any, path: string) => FieldError[]): Ask =>
  ({ in: args, out }) =>
    compareErrors(validate(asManifest(args[0]), pathAmong(args)), out.at(-1));

/** A function of ours that is asked the recorded arguments in their order, as manifests. */
export const asked =
  (validate: (...args: any[]) => readonly FieldError[]): Ask =>
  ({ in: args, out }) =>
    compareErrors(validate(...args.map(asManifest)), out[0]);

/** Functions of upstream that are asked for an update of a kind, and do not look at the rules for all of its objects. */
export const updateOf =
  (validate: (now: any, old: any) => FieldError[]): Ask =>
  ({ in: [now, old], out }) =>
    compareErrors(validate(asObject(now), asObject(old)), out[0]);

const pathAmong = (args: readonly any[]) => args.find((arg) => typeof arg === "string") as string;

type Verb = "" | "Create" | "Update" | "StatusUpdate";

/** `Validate<Kind>`, `…Create`, `…Update` and `…StatusUpdate` of kinds that are here, by the definitions of the kinds. */
export function kindAsks(group: string, names: readonly string[]): Record<string, Ask> {
  const asks: Record<string, Ask> = {};
  for (const name of names) {
    for (const verb of ["", "Create", "Update", "StatusUpdate"] as const)
      asks[`Validate${name}${verb}`] = (one) => askKind(group, name, verb, one);
  }
  return asks;
}

function askKind(group: string, name: string, verb: Verb, { in: args, out }: GoldenCase): string[] {
  const definition = kinds.all.find((one) => one.group === group && one.kind === name);
  if (!definition) return [NOT_RUN];
  const errors = errorsOfKind(definition, verb, args.map(asObject));
  return errors ? compareErrors(errors, out.at(-1)) : [NOT_RUN];
}

function errorsOfKind(definition: KindDefinition, verb: Verb, [now, old]: any[]): FieldError[] | undefined {
  if (verb === "StatusUpdate") return definition.validateStatusUpdate?.(now, old);
  const errors = definition.validate?.(now);
  if (!errors || verb !== "Update") return errors;
  return [...errors, ...(definition.validateUpdate?.(now, old) ?? [])];
}
