import { clone, deepEqual } from "../../kernel/freeze";
import { ownMember, setOwn } from "../../kernel/own";
import { isDict, PatchError } from "./strategic";

type Dict = { [key: string]: any };

/** RFC 7386: null deletes, objects merge, all else replaces. */
export function applyMergePatch(target: unknown, patch: unknown): unknown {
  if (!isDict(patch)) return clone(patch);
  const result: Dict = isDict(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else setOwn(result, key, applyMergePatch(ownMember(result, key), value));
  }
  return result;
}

/** The RFC 7386 patch that turns `original` into `modified`. */
export function createMergePatch(original: Dict, modified: Dict): Dict {
  const patch: Dict = {};
  for (const key of new Set([...Object.keys(original), ...Object.keys(modified)])) {
    if (ownMember(modified, key) === undefined) setOwn(patch, key, null);
    else if (isDict(ownMember(original, key)) && isDict(ownMember(modified, key))) {
      const inner = createMergePatch(original[key], modified[key]);
      if (Object.keys(inner).length > 0) setOwn(patch, key, inner);
    } else if (!deepEqual(ownMember(original, key), modified[key])) setOwn(patch, key, modified[key]);
  }
  return patch;
}

/** What kubectl apply sends for kinds without a merge schema: changes against current, deletions against original. */
export function createThreeWayJsonMergePatch(original: Dict, modified: Dict, current: Dict): Dict {
  const keep = (patch: Dict, deletions: boolean): Dict => {
    const kept: Dict = {};
    for (const [key, value] of Object.entries(patch)) {
      if (value === null) {
        if (deletions) setOwn(kept, key, null);
      } else if (isDict(value)) {
        const inner = keep(value, deletions);
        if (Object.keys(inner).length > 0 || (!deletions && Object.keys(value).length === 0)) setOwn(kept, key, inner);
      } else if (!deletions) setOwn(kept, key, value);
    }
    return kept;
  };
  const additions = keep(createMergePatch(current, modified), false);
  const deletions = keep(createMergePatch(original, modified), true);
  const merge = (a: Dict, b: Dict): Dict => {
    const merged: Dict = { ...a };
    for (const [key, value] of Object.entries(b))
      setOwn(merged, key, isDict(ownMember(merged, key)) && isDict(value) ? merge(merged[key], value) : value);
    return merged;
  };
  return merge(additions, deletions);
}

interface Operation {
  op: string;
  path: string;
  from?: string;
  value?: unknown;
}

/** RFC 6902 on a thawed copy; throws a PatchError where an operation does not apply. */
export function applyJsonPatch(target: unknown, operations: readonly unknown[]): unknown {
  let document: any = clone(target);
  for (const operation of operations as Operation[]) document = applyOperation(document, operation);
  return document;
}

function applyOperation(document: any, { op, path, from, value }: Operation): any {
  switch (op) {
    case "add":
      return add(document, path, clone(value));
    case "remove":
      return remove(document, path);
    case "replace":
      if (path === "") return clone(value);
      if (lookUp(document, path) === undefined)
        throw new PatchError(`replace operation does not apply: doc is missing key: ${path}: missing value`);
      return set(document, path, clone(value));
    case "move": {
      const moved = lookUp(document, from ?? "");
      return add(remove(document, from ?? ""), path, moved);
    }
    case "copy":
      return add(document, path, clone(lookUp(document, from ?? "")));
    case "test":
      if (!deepEqual(lookUp(document, path) ?? null, value ?? null))
        throw new PatchError(`testing value ${path} failed: test failed`);
      return document;
    default:
      throw new PatchError(`Unexpected kind: ${op}`);
  }
}

const partsOf = (path: string) =>
  path
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));

function lookUp(document: any, path: string): unknown {
  let value = document;
  for (const part of partsOf(path)) value = ownMember(value, part);
  return value;
}

function parentOf(document: any, path: string, op: string): { parent: any; last: string } {
  const parts = partsOf(path);
  const last = parts.pop() ?? "";
  const parent = parts.reduce((value, part) => ownMember(value, part), document);
  if (typeof parent !== "object" || parent === null) {
    throw new PatchError(`${op} operation does not apply: doc is missing path: "${path}": missing value`);
  }
  return { parent, last };
}

function add(document: any, path: string, value: unknown): any {
  if (path === "") return value;
  const { parent, last } = parentOf(document, path, "add");
  if (!Array.isArray(parent)) {
    setOwn(parent, last, value);
    return document;
  }
  const index = last === "-" ? parent.length : Number(last);
  if (!Number.isInteger(index) || index < 0 || index > parent.length) {
    throw new PatchError(
      `add operation does not apply: doc is missing path: "${path}": Unable to access invalid index: ${last}: invalid index referenced`,
    );
  }
  parent.splice(index, 0, value);
  return document;
}

function set(document: any, path: string, value: unknown): any {
  const { parent, last } = parentOf(document, path, "replace");
  setOwn(parent, last, value);
  return document;
}

function remove(document: any, path: string): any {
  const { parent, last } = parentOf(document, path, "remove");
  if (Array.isArray(parent)) {
    if (!(Number(last) < parent.length))
      throw new PatchError(
        `remove operation does not apply: doc is missing path: "${path}": Unable to access invalid index: ${last}: invalid index referenced`,
      );
    parent.splice(Number(last), 1);
  } else {
    if (!Object.hasOwn(parent, last))
      throw new PatchError(`remove operation does not apply: doc is missing path: "${path}": missing value`);
    delete parent[last];
  }
  return document;
}
