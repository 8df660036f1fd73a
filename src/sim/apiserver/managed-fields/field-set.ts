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
/** One path, and nothing below it. */
export const LEAF_SET: FieldSet = Object.freeze({ member: true, children: undefined });

export const isEmpty = (set: FieldSet): boolean => !set.member && set.children === undefined;

export function made(member: boolean, children: Map<string, FieldSet>): FieldSet {
  if (children.size === 0) return member ? LEAF_SET : EMPTY;
  return { member, children };
}

export function union(a: FieldSet, b: FieldSet): FieldSet {
  if (a === b || isEmpty(b)) return a;
  if (isEmpty(a)) return b;
  if (!a.children && !b.children) return a.member ? a : b;
  let children: Map<string, FieldSet> | undefined;
  for (const [step, theirs] of b.children ?? []) {
    const ours = a.children?.get(step);
    const both = ours ? union(ours, theirs) : theirs;
    if (both === ours) continue;
    children ??= new Map(a.children);
    children.set(step, both);
  }
  if (children) return made(a.member || b.member, children);
  return b.member && !a.member ? made(true, new Map(a.children)) : a;
}

export function equalSets(a: FieldSet, b: FieldSet): boolean {
  if (a === b) return true;
  if (a.member !== b.member || a.children?.size !== b.children?.size) return false;
  for (const [step, ours] of a.children ?? []) {
    const theirs = b.children!.get(step);
    if (!theirs || !equalSets(ours, theirs)) return false;
  }
  return true;
}

/** The paths of `a` that are not in `b`. A path that goes does not take those below it along. */
export function difference(a: FieldSet, b: FieldSet): FieldSet {
  if (isEmpty(a) || isEmpty(b)) return a;
  const member = a.member && !b.member;
  let children: Map<string, FieldSet> | undefined;
  for (const [step, theirs] of b.children ?? []) {
    const ours = a.children?.get(step);
    if (!ours) continue;
    const rest = difference(ours, theirs);
    if (rest === ours) continue;
    children ??= new Map(a.children);
    if (isEmpty(rest)) children.delete(step);
    else children.set(step, rest);
  }
  if (children) return made(member, children);
  return member === a.member ? a : made(member, new Map(a.children));
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
  let children: Map<string, FieldSet> | undefined;
  for (const [step, ours] of a.children ?? []) {
    const theirs = b.children?.get(step);
    const both = theirs && intersection(ours, theirs);
    if (!both || isEmpty(both)) continue;
    children ??= new Map();
    children.set(step, both);
  }
  const member = a.member && b.member;
  return children ? made(member, children) : member ? LEAF_SET : EMPTY;
}

/** All paths, in the order of the set. */
export function* paths(set: FieldSet, prefix: readonly string[] = []): Iterable<readonly string[]> {
  if (set.member) yield prefix;
  for (const [step, below] of sortedChildren(set)) yield* paths(below, [...prefix, step]);
}

/** Collects paths one by one. */
export class FieldSetBuilder {
  private member = false;
  private whole: FieldSet | undefined;
  private children: Map<string, FieldSetBuilder> | undefined;

  insert(path: readonly string[]): void {
    let here: FieldSetBuilder = this;
    for (const step of path) here = here.child(step);
    here.member = true;
  }

  /** Puts a whole set at a path at which there is nothing yet. */
  attach(path: readonly string[], set: FieldSet): void {
    let here: FieldSetBuilder = this;
    for (const step of path) here = here.child(step);
    here.whole = set;
  }

  private child(step: string): FieldSetBuilder {
    this.children ??= new Map();
    let next = this.children.get(step);
    if (!next) {
      next = new FieldSetBuilder();
      this.children.set(step, next);
    }
    return next;
  }

  build(): FieldSet {
    if (this.whole) return this.whole;
    if (!this.children) return this.member ? LEAF_SET : EMPTY;
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
  const kind = a.charCodeAt(0);
  if (kind === b.charCodeAt(0) && (kind === KEY || kind === VALUE))
    return compareValues(JSON.parse(a.slice(2)), JSON.parse(b.slice(2)));
  return a < b ? -1 : a > b ? 1 : 0;
}

const KEY = "k".charCodeAt(0);
const VALUE = "v".charCodeAt(0);

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

function sortedSteps({ children }: FieldSet): string[] {
  if (!children) return [];
  const steps = [...children.keys()];
  return steps.length > 1 ? steps.sort(compareSteps) : steps;
}

const sortedChildren = (set: FieldSet): [string, FieldSet][] =>
  sortedSteps(set).map((step) => [step, set.children!.get(step)!]);

/** The JSON text of FieldsV1. */
export function fieldsV1Text(set: FieldSet): string {
  if (!set.children) return "{}";
  let text = set.member ? '{".":{}' : "";
  for (const step of sortedSteps(set))
    text += `${text === "" ? "{" : ","}${quoted(step)}:${fieldsV1Text(set.children.get(step)!)}`;
  return `${text}}`;
}

/** Steps are few: the fields of the types, and the names of entries. */
const QUOTED_LIMIT = 5000;
const quotedSteps = new Map<string, string>();

function quoted(step: string): string {
  let text = quotedSteps.get(step);
  if (text === undefined) {
    if (quotedSteps.size >= QUOTED_LIMIT) quotedSteps.clear();
    text = JSON.stringify(step);
    quotedSteps.set(step, text);
  }
  return text;
}

/** FieldsV1 as an object. */
export type FieldsV1 = { [step: string]: FieldsV1 };

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
