import { badRequest } from "./status";

/** Bodies and objects nest no deeper: what walks them does so by calling itself. Go's decoder stops at 10,000. */
const MAX_NESTING = 500;

/** Refuses what nests too deeply, without going down by calls itself. */
export function checkNesting(value: unknown): void {
  let level: object[] = isObject(value) ? [value] : [];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_NESTING) throw badRequest("exceeded max depth");
    const next: object[] = [];
    for (const one of level) for (const member of Object.values(one)) if (isObject(member)) next.push(member);
    level = next;
  }
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;
