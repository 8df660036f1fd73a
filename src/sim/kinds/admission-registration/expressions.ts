import type { Environment } from "@marcbachmann/cel-js";
import type { FieldError } from "../../apiserver/status";
import { kubernetesEnvironment } from "../custom-resource/validation/cel-environment";
import { invalid, required } from "../validation/field-error";
import { registerAuthorizer } from "./authorizer";

/** What an expression of a policy, or of the conditions of a webhook, may speak of beside the request and its object. */
export interface ExpressionScope {
  params?: boolean;
  authorizer?: boolean;
  /** `variables.NAME` of the same policy. */
  variables?: boolean;
}

export type ReturnType = "bool" | "string" | "null_type";

const ALWAYS = ["object", "oldObject", "request", "namespaceObject"];
const environments = new Map<string, Environment>();

/** The environment of expressions with that scope; it is shared. */
export function expressionEnvironment({ params, authorizer, variables }: ExpressionScope): Environment {
  const key = [params, authorizer, variables].map(Boolean).join();
  let environment = environments.get(key);
  if (!environment) {
    environment = registerAuthorizer(kubernetesEnvironment());
    for (const name of ALWAYS) environment.registerVariable(name, "dyn");
    if (params) environment.registerVariable("params", "dyn");
    if (variables) environment.registerVariable("variables", "dyn");
    if (authorizer) environment.registerVariable("authorizer", "Authorizer");
    environments.set(key, environment);
  }
  return environment;
}

/** What is wrong with an expression that shall give one of the types, or any; undefined where nothing is. */
export function expressionError(
  expression: string,
  scope: ExpressionScope,
  types: readonly ReturnType[],
): string | undefined {
  const { valid, type, error } = expressionEnvironment(scope).check(expression);
  if (!valid) return `compilation failed: ${compilerText(expression, error)}`;
  const got = String(type);
  // Of what type a variable is, its own expression says; it is found out when it runs.
  if (got === "dyn" && scope.variables && /\bvariables\s*\./.test(expression)) return undefined;
  if (types.length === 0 || types.some((one) => one === got || (one === "null_type" && got === "null")))
    return undefined;
  const shown = types.length === 1 ? types[0] : `one of [${types.join(" ")}]`;
  return `must evaluate to ${shown} but got ${got}`;
}

/** A complaint about an expression in a field, as the server words it. */
export function validateExpression(
  expression: string,
  path: string,
  scope: ExpressionScope,
  types: readonly ReturnType[],
): FieldError[] {
  const error = expressionError(expression, scope, types);
  return error === undefined ? [] : [invalid(path, expression, error)];
}

/** As cel-go prints an issue: where, what, the line, and a mark under the place. */
export function compilerText(expression: string, error: unknown): string {
  const { message, node } = error as { message: string; node?: { pos?: number } };
  const at = Math.min(node?.pos ?? 0, expression.length);
  const before = expression.slice(0, at).split("\n");
  const column = before.at(-1)!.length;
  const line = expression.split("\n")[before.length - 1]!;
  const what = wordsOf(message.split("\n")[0]!);
  return `ERROR: <input>:${before.length}:${column + 1}: ${what}\n | ${line}\n | ${".".repeat(column)}^`;
}

const REWORDED: [RegExp, string][] = [
  [/^Unknown variable: (.*)$/, "undeclared reference to '$1' (in container '')"],
  [
    /^Unexpected token: EOF$/,
    "Syntax error: mismatched input '<EOF>' expecting {'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}",
  ],
];

function wordsOf(message: string): string {
  for (const [pattern, words] of REWORDED) if (pattern.test(message)) return message.replace(pattern, words);
  return message.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
}

/** An expression must be there, and right. */
export function requiredExpression(
  expression: string | undefined,
  path: string,
  scope: ExpressionScope,
  types: readonly ReturnType[],
  missing = "",
): FieldError[] {
  if (!expression?.trim()) return [required(path, missing)];
  return validateExpression(expression, path, scope, types);
}
