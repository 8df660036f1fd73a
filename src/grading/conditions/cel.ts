import { Environment } from "@marcbachmann/cel-js";
import type { Cluster } from "@/sim/cluster";
import { parseQuantity } from "@/sim/kinds/quantity/quantity";

/** Reads the cluster for an expression. Integers become CEL ints; what is not there becomes null. */
const bigints = (value: unknown): unknown => {
  if (typeof value === "number") return Number.isInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map(bigints);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, bigints(member)]));
};

let current: Cluster | undefined;

const find = (resource: string, namespace: string, name: string) => {
  const kind = current!.inside.kinds.findResource(resource);
  const object = kind && current!.store.get(resource, kind.namespaced ? namespace : undefined, name);
  return object ? bigints(object) : null;
};
const list = (resource: string, namespace?: string) => {
  const kind = current!.inside.kinds.findResource(resource);
  return kind ? current!.store.list(resource, kind.namespaced ? namespace : undefined).map(bigints) : [];
};

const environment = new Environment({ unlistedVariablesAreDyn: false, homogeneousAggregateLiterals: false })
  .registerVariable("answers", "map")
  .registerFunction("object(string, string): dyn", (resource: string, name: string) => find(resource, "default", name))
  .registerFunction("object(string, string, string): dyn", (resource: string, name: string, namespace: string) =>
    find(resource, namespace, name),
  )
  .registerFunction("objects(string): dyn", (resource: string) => list(resource, "default"))
  .registerFunction("objects(string, string): dyn", (resource: string, namespace: string) => list(resource, namespace))
  .registerFunction(
    "quantity(dyn): double",
    (text: string | bigint) => Number(parseQuantity(String(text)).nanos) / 1e9,
  );

/** What is wrong with an expression before it is ever run; undefined where nothing is. */
export function checkExpression(expression: string): string | undefined {
  const result = environment.check(expression);
  if (!result.valid) return result.error?.message ?? "is not valid";
  return undefined;
}

/** Whether the expression holds. A field that is not there makes it false; `why` says which. */
export function evaluate(
  expression: string,
  cluster: Cluster,
  answers: Record<string, unknown>,
): { holds: boolean; why?: string } {
  current = cluster;
  try {
    return { holds: environment.evaluate(expression, { answers }) === true };
  } catch (error) {
    return { holds: false, why: (error as Error).message.split("\n")[0]! };
  } finally {
    current = undefined;
  }
}
