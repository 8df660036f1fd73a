import { deepEqual } from "../../kernel/freeze";
import { type FieldSet, FieldSetBuilder, LEAF_SET, made, without } from "./field-set";
import type { MergeList, MergeMap, MergeType } from "./merge-types";
import { entryStep, isDict } from "./steps";

/** What a write did to an object, path by path. */
export interface Comparison {
  added: FieldSet;
  modified: FieldSet;
  removed: FieldSet;
}

/** How `after` differs from `before`; undefined where it does not. Outermost fields may be skipped by name. */
export function compare(
  before: unknown,
  after: unknown,
  type: MergeType,
  skipped: readonly string[] = NONE,
): Comparison | undefined {
  const walk = new Walk(skipped);
  walk.visit(before, after, type);
  return walk.result();
}

/** A comparison without what lies at or below the given paths. */
export function ignoring(comparison: Comparison, ignored: FieldSet): Comparison {
  return {
    added: without(comparison.added, ignored),
    modified: without(comparison.modified, ignored),
    removed: without(comparison.removed, ignored),
  };
}

const NOTHING: Record<string, unknown> = Object.freeze({});
const NO_ENTRIES: readonly unknown[] = Object.freeze([]);
const NONE: readonly string[] = NO_ENTRIES as readonly string[];

const isBlank = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (Array.isArray(value) ? value.length === 0 : typeof value === "object" && Object.keys(value).length === 0);

class Walk {
  private readonly added = new FieldSetBuilder();
  private readonly modified = new FieldSetBuilder();
  private readonly removed = new FieldSetBuilder();
  private readonly path: string[] = [];
  private different = false;

  constructor(private readonly skipped: readonly string[]) {}

  result(): Comparison | undefined {
    if (!this.different) return undefined;
    return { added: this.added.build(), modified: this.modified.build(), removed: this.removed.build() };
  }

  visit(before: unknown, after: unknown, type: MergeType): void {
    if (before === after) return;
    if (this.path.length > 0 && (before === undefined || after === undefined)) {
      this.different = true;
      const side = before === undefined ? this.added : this.removed;
      side.attach(this.path, everything(before ?? after, type));
      return;
    }
    const parted =
      type.kind !== "leaf" && !(isBlank(before) && isBlank(after))
        ? type.kind === "map"
          ? this.visitMap(before, after, type)
          : this.visitList(before, after, type)
        : false;
    if (!parted && !deepEqual(before, after)) this.note(this.modified);
  }

  /** False where one side is not a map: the value counts as a whole then. */
  private visitMap(before: unknown, after: unknown, type: MergeMap): boolean {
    const left = before ?? NOTHING;
    const right = after ?? NOTHING;
    if (!isDict(left) || !isDict(right)) return false;
    for (const name in left) this.visitMember(left[name], right[name], name, type);
    for (const name in right) if (left[name] === undefined) this.visitMember(undefined, right[name], name, type);
    return true;
  }

  private visitMember(before: unknown, after: unknown, name: string, type: MergeMap): void {
    if (before === after || (this.path.length === 0 && this.skipped.includes(name))) return;
    const field = type.field(name);
    if (!field) return;
    // What the type has by value is there, if empty, wherever the struct around it is.
    const empty = type.byValue.includes(name) ? (field.kind === "list" ? NO_ENTRIES : NOTHING) : undefined;
    this.path.push(`f:${name}`);
    this.visit(before ?? empty, after ?? empty, field);
    this.path.pop();
  }

  private visitList(before: unknown, after: unknown, type: MergeList): boolean {
    const left = before ?? [];
    const right = after ?? [];
    if (!Array.isArray(left) || !Array.isArray(right)) return false;
    const old = entriesOf(left, type);
    const now = entriesOf(right, type);
    for (const [step, entries] of old) this.visitEntries(step, entries, now.get(step) ?? [], type.element);
    for (const [step, entries] of now) if (!old.has(step)) this.visitEntries(step, [], entries, type.element);
    return true;
  }

  /** Entries of one identity: usually one on each side; several count together, as one value. */
  private visitEntries(step: string, before: readonly unknown[], after: readonly unknown[], element: MergeType): void {
    this.path.push(step);
    if (before.length <= 1 && after.length <= 1) this.visit(before[0], after[0], element);
    else if (before.length >= 2 && after.length >= 2) {
      if (!deepEqual(before, after)) this.note(this.modified);
    } else if (before.length >= 2) {
      if (after.length > 0) this.visit(undefined, after[0], element);
      this.note(this.removed);
    } else {
      if (before.length > 0) this.visit(before[0], undefined, element);
      this.note(this.added);
    }
    this.path.pop();
  }

  private note(set: FieldSetBuilder): void {
    this.different = true;
    set.insert(this.path);
  }
}

/** All paths of a value that is on one side only, itself among them. */
function everything(value: unknown, type: MergeType): FieldSet {
  if (type.kind === "leaf" || isBlank(value)) return LEAF_SET;
  const children = new Map<string, FieldSet>();
  if (type.kind === "map") {
    if (!isDict(value)) return LEAF_SET;
    for (const name in value) {
      const field = value[name] === undefined ? undefined : type.field(name);
      if (field) children.set(`f:${name}`, everything(value[name], field));
    }
  } else {
    if (!Array.isArray(value)) return LEAF_SET;
    for (const [step, entries] of entriesOf(value, type))
      children.set(step, entries.length === 1 ? everything(entries[0], type.element) : LEAF_SET);
  }
  return made(true, children);
}

function entriesOf(list: readonly unknown[], type: MergeList): Map<string, unknown[]> {
  const found = new Map<string, unknown[]>();
  for (const entry of list) {
    const step = entryStep(type, entry);
    if (step === undefined) continue;
    const same = found.get(step);
    if (same) same.push(entry);
    else found.set(step, [entry]);
  }
  return found;
}

/** All paths that an applied configuration sets: leaves, entries of lists and keys of maps. */
export function fieldSetOf(value: unknown, type: MergeType): FieldSet {
  const builder = new FieldSetBuilder();
  collect(value, type, [], builder);
  return builder.build();
}

function collect(value: unknown, type: MergeType, path: readonly string[], into: FieldSetBuilder): void {
  if (type.kind === "map" && isDict(value)) {
    for (const [name, member] of Object.entries(value)) {
      const field = type.field(name);
      if (!field || member === undefined) continue;
      const below = [...path, `f:${name}`];
      collect(member, field, below, into);
      if (member === null || (isDict(member) && Object.keys(member).length === 0) || !type.isNamed(name))
        into.insert(below);
    }
    return;
  }
  if (type.kind === "list" && Array.isArray(value)) {
    for (const [step, entries] of entriesOf(value, type)) {
      if (entries.length === 1) collect(entries[0], type.element, [...path, step], into);
      into.insert([...path, step]);
    }
    return;
  }
  if (type.kind === "leaf" || value !== null) into.insert(path);
}
