import { ownMember, setOwn } from "../../kernel/own";
import { type FieldSet, isEmpty } from "./field-set";
import type { MergeList, MergeMap, MergeType } from "./merge-types";
import { entryStep, isDict } from "./steps";

/** The live object with an applied configuration merged into it. Neither is changed. */
export function combine(live: unknown, config: unknown, type: MergeType): unknown {
  if (config === undefined) return live;
  if (live === undefined || type.kind === "leaf") return config;
  if (type.kind === "map" && isDict(live) && isDict(config)) return combineMaps(live, config, type);
  if (type.kind === "list" && Array.isArray(live) && Array.isArray(config)) return combineLists(live, config, type);
  return config;
}

function combineMaps(live: Record<string, unknown>, config: Record<string, unknown>, type: MergeMap) {
  const merged: Record<string, unknown> = { ...live };
  for (const [name, value] of Object.entries(config)) {
    const field = type.field(name);
    if (field) setOwn(merged, name, combine(ownMember(live, name), value, field));
  }
  return merged;
}

/**
 * Entries of both lists, each once. The order of the configuration holds among its own entries, that of the live list
 * among the others, which stay as close as they can to where they were.
 */
function combineLists(live: readonly unknown[], config: readonly unknown[], type: MergeList): unknown[] {
  const stepsOf = (list: readonly unknown[]) => list.map((entry) => entryStep(type, entry) ?? "");
  const [old, wanted] = [stepsOf(live), stepsOf(config)];
  const inOld = new Map(old.map((step, index) => [step, index]));
  const inWanted = new Map(wanted.map((step, index) => [step, index]));
  const shared = wanted.filter((step) => inOld.has(step));
  const merged: unknown[] = [];
  const done = new Set<string>();
  const take = (step: string) => {
    done.add(step);
    const before = inOld.get(step);
    const after = inWanted.get(step);
    merged.push(
      combine(
        before === undefined ? undefined : live[before],
        after === undefined ? undefined : config[after],
        type.element,
      ),
    );
  };
  let left = 0;
  let right = 0;
  let nextShared = 0;
  while (left < old.length || right < wanted.length) {
    if (left < old.length && right < wanted.length) {
      const step = old[left]!;
      if (step === wanted[right]) {
        take(step);
        left++;
        right++;
        nextShared++;
        continue;
      }
      if (inWanted.has(step) && nextShared < shared.length && shared[nextShared] !== step) {
        left++;
        continue;
      }
    }
    if (left < old.length) {
      const step = old[left]!;
      if (!inWanted.has(step)) {
        merged.push(live[left]);
        left++;
        continue;
      }
      if (done.has(step)) left++;
    }
    if (right < wanted.length) {
      const step = wanted[right]!;
      take(step);
      right++;
      if (shared[nextShared] === step) nextShared++;
    }
  }
  return merged;
}

/** The value without the paths of a set; undefined where nothing is left of it. */
export function withoutFields(value: unknown, type: MergeType, gone: FieldSet): unknown {
  if (isEmpty(gone) || type.kind === "leaf") return value;
  if (type.kind === "map") {
    if (!isDict(value)) return value;
    const rest: Record<string, unknown> = {};
    for (const [name, member] of Object.entries(value)) {
      const below = gone.children?.get(`f:${name}`);
      if (below?.member) continue;
      const field = type.field(name);
      const kept = below && field ? withoutFields(member, field, below) : member;
      if (kept !== undefined) setOwn(rest, name, kept);
    }
    return Object.keys(rest).length > 0 ? rest : undefined;
  }
  if (!Array.isArray(value)) return value;
  const rest: unknown[] = [];
  for (const entry of value) {
    const below = gone.children?.get(entryStep(type, entry) ?? "");
    if (below?.member) continue;
    rest.push(below ? withoutFields(entry, type.element, below) : entry);
  }
  return rest.length > 0 ? rest : undefined;
}

/** Adds the fields of structs on the way to a member, so that removing all that is in a struct removes it too. */
export function withNamedFields(set: FieldSet, type: MergeType): FieldSet {
  if (!set.children || type.kind === "leaf") return set;
  const children = new Map<string, FieldSet>();
  for (const [step, child] of set.children) {
    if (type.kind === "list") {
      children.set(step, withNamedFields(child, type.element));
      continue;
    }
    const name = step.slice(2);
    const field = type.field(name);
    const below = field ? withNamedFields(child, field) : child;
    children.set(step, type.isNamed(name) && !below.member ? { ...below, member: true } : below);
  }
  return { member: set.member, children };
}
