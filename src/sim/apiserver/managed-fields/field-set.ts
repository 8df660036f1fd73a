/**
 * A set of paths into an object, as the FieldsV1 of a managed field entry holds it. Immutable: operations share what
 * they do not change. Steps are written as FieldsV1 writes them: `f:spec`, `k:{"name":"web"}`, `v:"a"`.
 */
export interface FieldSet {
  /** The path that ends here belongs to the set. */
  readonly member: boolean;
  readonly children: ReadonlyMap<string, FieldSet> | undefined;
}

export const EMPTY: FieldSet = Object.freeze({ member: false, children: undefined });
const LEAF: FieldSet = Object.freeze({ member: true, children: undefined });

export const isEmpty = (set: FieldSet): boolean => !set.member && set.children === undefined;

function made(member: boolean, children: Map<string, FieldSet>): FieldSet {
  if (children.size === 0) return member ? LEAF : EMPTY;
  return { member, children };
}

export function union(a: FieldSet, b: FieldSet): FieldSet {
  if (a === b || isEmpty(b)) return a;
  if (isEmpty(a)) return b;
  if (!a.children && !b.children) return a.member ? a : b;
  const children = new Map(a.children);
  let grown = b.member && !a.member;
  for (const [step, theirs] of b.children ?? []) {
    const ours = children.get(step);
    const both = ours ? union(ours, theirs) : theirs;
    if (both === ours) continue;
    children.set(step, both);
    grown = true;
  }
  return grown ? made(a.member || b.member, children) : a;
}

/** The paths of `a` that are not in `b`. A path that goes does not take those below it along. */
export function difference(a: FieldSet, b: FieldSet): FieldSet {
  if (isEmpty(a) || isEmpty(b)) return a;
  const member = a.member && !b.member;
  let shrunk = member !== a.member;
  const children = new Map(a.children);
  for (const [step, theirs] of b.children ?? []) {
    const ours = children.get(step);
    if (!ours) continue;
    const rest = difference(ours, theirs);
    if (rest === ours) continue;
    shrunk = true;
    if (isEmpty(rest)) children.delete(step);
    else children.set(step, rest);
  }
  return shrunk ? made(member, children) : a;
}

/** Without whatever is at or below a path of `b`. */
export function without(a: FieldSet, b: FieldSet): FieldSet {
  if (b.member) return EMPTY;
  if (!a.children || !b.children) return a;
  let children: Map<string, FieldSet> | undefined;
  for (const [step, theirs] of b.children) {
    const ours = a.children.get(step);
    if (!ours) continue;
    const rest = without(ours, theirs);
    if (rest === ours) continue;
    children ??= new Map(a.children);
    if (isEmpty(rest)) children.delete(step);
    else children.set(step, rest);
  }
  return children ? made(a.member, children) : a;
}

export function intersection(a: FieldSet, b: FieldSet): FieldSet {
  if (a === b) return a;
  const children = new Map<string, FieldSet>();
  for (const [step, ours] of a.children ?? []) {
    const theirs = b.children?.get(step);
    if (!theirs) continue;
    const both = intersection(ours, theirs);
    if (!isEmpty(both)) children.set(step, both);
  }
  return made(a.member && b.member, children);
}

/** All paths, in the order of the set. */
export function* paths(set: FieldSet, prefix: readonly string[] = []): Iterable<readonly string[]> {
  if (set.member) yield prefix;
  for (const [step, below] of sortedChildren(set)) yield* paths(below, [...prefix, step]);
}

/** Collects paths one by one. */
export class FieldSetBuilder {
  private member = false;
  private children: Map<string, FieldSetBuilder> | undefined;

  insert(path: readonly string[]): void {
    let here: FieldSetBuilder = this;
    for (const step of path) {
      here.children ??= new Map();
      let next = here.children.get(step);
      if (!next) {
        next = new FieldSetBuilder();
        here.children.set(step, next);
      }
      here = next;
    }
    here.member = true;
  }

  build(): FieldSet {
    if (!this.children) return this.member ? LEAF : EMPTY;
    return made(this.member, new Map([...this.children].map(([step, child]) => [step, child.build()])));
  }
}

export function fieldSet(...all: readonly (readonly string[])[]): FieldSet {
  const builder = new FieldSetBuilder();
  for (const path of all) builder.insert(path);
  return builder.build();
}

/** Fields before keys before values, each by name; keys by the values of their fields, numbers as numbers. */
function compareSteps(a: string, b: string): number {
  if (a[0] === b[0] && (a[0] === "k" || a[0] === "v"))
    return compareValues(JSON.parse(a.slice(2)), JSON.parse(b.slice(2)));
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareValues(a: unknown, b: unknown): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a === "object" && a && typeof b === "object" && b) {
    for (const name of Object.keys(a)) {
      const order = compareValues((a as any)[name], (b as any)[name]);
      if (order !== 0) return order;
    }
    return 0;
  }
  const [left, right] = [String(a), String(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

const sortedChildren = (set: FieldSet): [string, FieldSet][] =>
  [...(set.children ?? [])].sort(([a], [b]) => compareSteps(a, b));

/** FieldsV1 as an object, without its outermost marker. */
export type FieldsV1 = { [step: string]: FieldsV1 };

export function toFieldsV1(set: FieldSet): FieldsV1 {
  const fields: FieldsV1 = {};
  if (set.member && set.children) fields["."] = {};
  for (const [step, child] of sortedChildren(set)) fields[step] = toFieldsV1(child);
  return fields;
}

const STEP = /^(f:|i:\d+$|k:\{|v:)/s;

/** Undefined where it is no FieldsV1. */
export function fromFieldsV1(fields: unknown, outermost = true): FieldSet | undefined {
  if (typeof fields !== "object" || fields === null || Array.isArray(fields)) return undefined;
  const entries = Object.entries(fields);
  const children = new Map<string, FieldSet>();
  let member = entries.length === 0 && !outermost;
  for (const [step, below] of entries) {
    if (step === ".") {
      member = true;
      continue;
    }
    const child = STEP.test(step) && isStep(step) ? fromFieldsV1(below, false) : undefined;
    if (!child) return undefined;
    children.set(step, child);
  }
  return made(member, children);
}

function isStep(step: string): boolean {
  if (step[0] !== "k" && step[0] !== "v") return true;
  try {
    JSON.parse(step.slice(2));
    return true;
  } catch {
    return false;
  }
}

/** `.spec.template.spec.containers[name="web"].image`: how messages write a path. */
export function pathText(path: readonly string[]): string {
  return path.map(stepText).join("");
}

function stepText(step: string): string {
  const rest = step.slice(2);
  switch (step[0]) {
    case "f":
      return `.${rest}`;
    case "k": {
      const fields = Object.entries(JSON.parse(rest) as object);
      return `[${fields.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(",")}]`;
    }
    case "v":
      return `[=${rest}]`;
    default:
      return `[${rest}]`;
  }
}
