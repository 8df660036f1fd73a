import { Environment, type ParseResult } from "@marcbachmann/cel-js";
import { RE2JS } from "re2js";

const environment = kubernetesEnvironment().registerVariable("self", "dyn").registerVariable("oldSelf", "dyn");

/** Kubernetes' own functions on lists and texts (kubernetes.io/docs/reference/using-api/cel/#kubernetes-list-library). */
export function kubernetesEnvironment(): Environment {
  return new Environment({
    unlistedVariablesAreDyn: false,
    homogeneousAggregateLiterals: false,
    enableOptionalTypes: true,
  })
    .registerFunction("list.sum(): dyn", (list: any[]) => (list.length > 0 ? list.reduce((a, b) => a + b) : 0n))
    .registerFunction("list.min(): dyn", (list: any[]) => extreme(list, "min", (a, b) => a < b))
    .registerFunction("list.max(): dyn", (list: any[]) => extreme(list, "max", (a, b) => a > b))
    .registerFunction("list.isSorted(): bool", (list: any[]) =>
      list.every((item, index) => index === 0 || list[index - 1] <= item),
    )
    .registerFunction("list.indexOf(dyn): int", (list: any[], item: unknown) => BigInt(list.indexOf(item)))
    .registerFunction("list.lastIndexOf(dyn): int", (list: any[], item: unknown) => BigInt(list.lastIndexOf(item)))
    .registerFunction("string.find(string): string", (text: string, pattern: string) => matches(text, pattern)[0] ?? "")
    .registerFunction("string.findAll(string): list", (text: string, pattern: string) => matches(text, pattern));
}

function extreme(list: any[], name: string, better: (a: any, b: any) => boolean): unknown {
  if (list.length === 0) throw new Error(`${name} called on empty list`);
  return list.reduce((best, item) => (better(item, best) ? item : best));
}

/** How many matches one search gives at most. */
const MAX_MATCHES = 1000;

function matches(text: string, pattern: string): string[] {
  const matcher = RE2JS.compile(pattern).matcher(text);
  const found: string[] = [];
  while (found.length < MAX_MATCHES && matcher.find()) found.push(matcher.group() ?? "");
  return found;
}

const MAX_KEPT = 500;
const compiled = new Map<string, ParseResult>();

/** An expression ready to run; throws where it cannot be parsed. */
export function compile(expression: string): ParseResult {
  let program = compiled.get(expression);
  if (!program) {
    program = environment.parse(expression);
    if (compiled.size < MAX_KEPT) compiled.set(expression, program);
  }
  return program;
}

/** The first line of what is wrong with an expression before it is run; undefined where nothing is. */
export function compilationError(expression: string): string | undefined {
  const { valid, error } = environment.check(expression);
  return valid ? undefined : (error?.message ?? "is not valid").split("\n")[0]!;
}

/** Whether an expression compares with what was there before. */
export const usesOldSelf = (expression: string): boolean => /\boldSelf\b/.test(expression);

const timestamp = new Environment().registerVariable("text", "string").parse("timestamp(text)");

/** A moment as expressions know it. */
export const celTimestamp = (text: string): unknown => {
  try {
    return timestamp({ text });
  } catch {
    return text;
  }
};
