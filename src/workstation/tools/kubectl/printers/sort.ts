import { compareQuantities, parseQuantity, quantityError } from "@/sim/kinds/quantity";
import { CliError } from "../errors";
import { goSort } from "./go-sort";
import { JsonPath, relaxedPath } from "./jsonpath/evaluate";

/** What kubectl's own log tells before it gives up. */
export class Unsortable extends Error {
  constructor(
    readonly place: string,
    message: string,
  ) {
    super(message);
  }
}

const goType = (value: unknown) =>
  Array.isArray(value) ? "[]interface {}" : typeof value === "boolean" ? "bool" : "map[string]interface {}";

/** `--sort-by`: rows in the order of what the path finds in their objects; those without it come first. */
export function sortRows<T extends { object?: any }>(
  rows: T[],
  expression: string,
  shape: "table" | "objects" = "table",
): T[] {
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
  const place = shape === "table" ? "sorter.go:375" : "sorter.go:329";
  const type = shape === "table" ? "[][][]reflect.Value" : "*unstructured.Unstructured";
  const sorted = goSort(keyed, (a, b) => {
    if (a.key === undefined) return true;
    if (b.key === undefined) return false;
    const unsortable = [a.key, b.key].find((key) => typeof key !== "string" && typeof key !== "number");
    if (unsortable !== undefined)
      throw new Unsortable(
        place,
        `Field ${relaxedPath(expression)} in ${type} is an unsortable type: interface, err: unsortable type: ${goType(unsortable)}`,
      );
    return compareKeys(a.key, b.key) < 0;
  });
  return sorted.map(({ row }) => row);
}

function compareKeys(a: unknown, b: unknown): number {
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
