import { compareQuantities, parseQuantity, quantityError } from "@/sim/kinds/quantity";
import { CliError } from "../errors";
import { JsonPath, relaxedPath } from "./jsonpath/evaluate";

/** `--sort-by`: rows in the order of what the path finds in their objects; those without it come first. */
export function sortRows<T extends { object?: any }>(rows: T[], expression: string): T[] {
  let path: JsonPath;
  try {
    path = new JsonPath(relaxedPath(expression), true);
  } catch (error) {
    throw new CliError((error as Error).message);
  }
  const keyed = rows.map((row) => ({ row, key: path.find(row.object)[0]?.[0] }));
  if (rows.length > 0 && keyed.every(({ key }) => key === undefined)) {
    throw new CliError(
      `couldn't find any field with path ${JSON.stringify(relaxedPath(expression))} in the list of objects`,
    );
  }
  return keyed.sort((a, b) => compareKeys(a.key, b.key)).map(({ row }) => row);
}

function compareKeys(a: unknown, b: unknown): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? -1 : 1;
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a === "string" && typeof b === "string") {
    if (quantityError(a) === undefined && quantityError(b) === undefined)
      return compareQuantities(parseQuantity(a), parseQuantity(b));
    return compareNaturally(a, b);
  }
  return compareNaturally(String(a), String(b));
}

/** `pod-2` before `pod-10`: runs of digits count as numbers. */
export function compareNaturally(a: string, b: string): number {
  const chunksOf = (text: string) => text.match(/\d+|\D+/g) ?? [];
  const left = chunksOf(a);
  const right = chunksOf(b);
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [x, y] = [left[i]!, right[i]!];
    if (x === y) continue;
    if (/^\d/.test(x) && /^\d/.test(y)) {
      const difference = Number(x) - Number(y);
      if (difference !== 0) return difference;
      if (x.length !== y.length) return x.length - y.length;
    }
    return x < y ? -1 : 1;
  }
  return left.length - right.length;
}
