import { ShellFault } from "./fault";
import { type ArithExpr, type ArithmeticNode, programOf } from "./program";
import { variable } from "./state";
import { elements, getVariable, setElement, setVariable, type VariableContext } from "./variables";

export interface ArithmeticContext extends VariableContext {
  /** `$…` inside an expression, as text. */
  expandText(text: string): string;
  substitute(body: object | string, file: boolean): string;
}

const DEPTH_LIMIT = 64;

/** Evaluates as bash does: 64-bit integers, variables by name, unset ones zero. */
export function arithmetic(context: ArithmeticContext, node: ArithmeticNode, depth = 0): number {
  return evaluate(context, node.expression, node.originalText ?? "", depth);
}

/** The value of a text as an expression: `let`, subscripts, `[[ a -eq b ]]`, the value of a variable. */
export function arithmeticText(context: ArithmeticContext, text: string, depth = 0): number {
  const trimmed = text.trim();
  if (trimmed === "") return 0;
  if (/^-?[1-9]\d{0,14}$|^0$/.test(trimmed)) return Number(trimmed);
  if (depth > DEPTH_LIMIT) throw new ShellFault(`${trimmed}: expression recursion level exceeded`, 1, "discard");
  let node: ArithmeticNode | undefined;
  try {
    const first = programOf(`((${trimmed}\n))`).script.statements[0]?.pipelines[0]?.commands[0];
    if (first?.type === "ArithmeticCommand") node = first.expression;
  } catch {
    node = undefined;
  }
  if (!node)
    throw new ShellFault(
      `${trimmed}: syntax error in expression (error token is "${trimmed.split(/\s+/).at(-1)}")`,
      1,
      "discard",
    );
  return arithmetic(context, { ...node, originalText: trimmed }, depth + 1);
}

function evaluate(context: ArithmeticContext, expr: ArithExpr, text: string, depth: number): number {
  const again = (inner: ArithExpr) => evaluate(context, inner, text, depth);
  switch (expr.type) {
    case "ArithNumber":
      if (Number.isNaN(expr.value))
        throw new ShellFault(`${text}: value too great for base (error token is "${text}")`, 1, "discard");
      return expr.value;
    case "ArithVariable":
      return fromName(context, expr.name, depth);
    case "ArithSpecialVar":
      return arithmeticText(context, getVariable(context, expr.name) ?? "0", depth + 1);
    case "ArithGroup":
    case "ArithNested":
      return again(expr.expression);
    case "ArithBinary":
      return binary(context, expr, text, depth);
    case "ArithUnary":
      return unary(context, expr, text, depth);
    case "ArithTernary":
      return again(expr.condition) ? again(expr.consequent) : again(expr.alternate);
    case "ArithAssignment":
      return assign(context, expr, text, depth);
    case "ArithArrayElement": {
      const key = expr.stringKey ?? elementKey(context, expr.array, expr.index, text, depth);
      const found = elements(context, expr.array).find(([name]) => name === key);
      return arithmeticText(context, found?.[1] ?? "0", depth + 1);
    }
    case "ArithCommandSubst":
      return arithmeticText(context, context.substitute(expr.command, false), depth + 1);
    case "ArithBracedExpansion":
      return arithmeticText(context, context.expandText(`\${${expr.content}}`), depth + 1);
    case "ArithSingleQuote":
      return expr.value;
    default:
      // Names and numbers that are put together at run time: expand the text first, then read it again.
      if (depth > 0 || !text.includes("$")) {
        const missing = /[-+*/%<>=!&|^~,?:]+\s*$/.exec(text);
        if (missing)
          throw new ShellFault(
            `${text.trimStart()}: syntax error: operand expected (error token is "${missing[0]}")`,
            1,
            "discard",
          );
        const token = expr.type === "ArithSyntaxError" ? expr.errorToken || text : text;
        throw new ShellFault(
          `${text}: syntax error: invalid arithmetic operator (error token is "${token}")`,
          1,
          "discard",
        );
      }
      return arithmeticText(context, context.expandText(text), depth + 1);
  }
}

function fromName(context: ArithmeticContext, name: string, depth: number): number {
  const value = getVariable(context, name);
  if (value === undefined && context.state.options.nounset) throw new ShellFault(`${name}: unbound variable`, 1, true);
  return arithmeticText(context, value ?? "0", depth + 1);
}

function elementKey(
  context: ArithmeticContext,
  array: string,
  index: ArithExpr | undefined,
  text: string,
  depth: number,
): string {
  if (variable(context.state.variables, array)?.a && index?.type === "ArithVariable") return index.name;
  return String(index ? evaluate(context, index, text, depth) : 0);
}

const wide = (value: number) => BigInt(Math.trunc(value));
const narrow = (value: bigint) => Number(BigInt.asIntN(64, value));

function binary(
  context: ArithmeticContext,
  expr: Extract<ArithExpr, { type: "ArithBinary" }>,
  text: string,
  depth: number,
): number {
  const left = evaluate(context, expr.left, text, depth);
  if (expr.operator === "&&") return left && evaluate(context, expr.right, text, depth) ? 1 : 0;
  if (expr.operator === "||") return left || evaluate(context, expr.right, text, depth) ? 1 : 0;
  return operate(expr.operator, left, evaluate(context, expr.right, text, depth), text);
}

function operate(operator: string, left: number, right: number, text: string): number {
  switch (operator) {
    case "+":
      return exact(left + right, () => wide(left) + wide(right));
    case "-":
      return exact(left - right, () => wide(left) - wide(right));
    case "*":
      return exact(left * right, () => wide(left) * wide(right));
    case "/":
    case "%":
      if (right === 0)
        throw new ShellFault(
          `${text}: division by 0 (error token is "${text.split(/[/%]/).at(-1)!.trim()}")`,
          1,
          "discard",
        );
      return operator === "/" ? Math.trunc(left / right) : left % right;
    case "**":
      if (right < 0) throw new ShellFault(`${text}: exponent less than 0 (error token is "${right}")`, 1, "discard");
      return narrow(wide(left) ** (wide(right) > 64n && Math.abs(left) > 1 ? 64n : wide(right)));
    case "<<":
      return narrow(wide(left) << (wide(right) & 63n));
    case ">>":
      return narrow(wide(left) >> (wide(right) & 63n));
    case "&":
      return narrow(wide(left) & wide(right));
    case "|":
      return narrow(wide(left) | wide(right));
    case "^":
      return narrow(wide(left) ^ wide(right));
    case "<":
      return Number(left < right);
    case "<=":
      return Number(left <= right);
    case ">":
      return Number(left > right);
    case ">=":
      return Number(left >= right);
    case "==":
      return Number(left === right);
    case "!=":
      return Number(left !== right);
    default:
      return right;
  }
}

const exact = (value: number, slow: () => bigint) => (Number.isSafeInteger(value) ? value : narrow(slow()));

function unary(
  context: ArithmeticContext,
  expr: Extract<ArithExpr, { type: "ArithUnary" }>,
  text: string,
  depth: number,
): number {
  if (expr.operator === "++" || expr.operator === "--") {
    const target = expr.operand;
    const before = evaluate(context, target, text, depth);
    const after = before + (expr.operator === "++" ? 1 : -1);
    if (target.type === "ArithVariable") setVariable(context, target.name, String(after));
    else if (target.type === "ArithArrayElement") {
      setElement(
        context,
        target.array,
        target.stringKey ?? elementKey(context, target.array, target.index, text, depth),
        String(after),
      );
    }
    return expr.prefix ? after : before;
  }
  const value = evaluate(context, expr.operand, text, depth);
  if (expr.operator === "-") return value === 0 ? 0 : -value;
  if (expr.operator === "!") return value ? 0 : 1;
  return expr.operator === "~" ? narrow(~wide(value)) : value;
}

function assign(
  context: ArithmeticContext,
  expr: Extract<ArithExpr, { type: "ArithAssignment" }>,
  text: string,
  depth: number,
): number {
  const key =
    expr.subscript || expr.stringKey !== undefined
      ? (expr.stringKey ?? elementKey(context, expr.variable, expr.subscript, text, depth))
      : undefined;
  let value = evaluate(context, expr.value, text, depth);
  if (expr.operator !== "=") {
    const found =
      key === undefined
        ? getVariable(context, expr.variable)
        : elements(context, expr.variable).find(([name]) => name === key)?.[1];
    value = operate(expr.operator.slice(0, -1), arithmeticText(context, found ?? "0", depth + 1), value, text);
  }
  if (key === undefined) setVariable(context, expr.variable, String(value));
  else setElement(context, expr.variable, key, String(value));
  return value;
}
