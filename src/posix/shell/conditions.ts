import { compileExpression } from "../expressions/compile";
import { resolvePath } from "../files/path";
import { arithmeticText } from "./arithmetic";
import type { Expander } from "./expand";
import { ShellFault } from "./fault";
import type { ShellHost } from "./host";
import { matchesPattern } from "./pattern";
import type { ConditionNode, WordNode } from "./program";
import type { ShellState } from "./state";
import { elements, getVariable, setArray, splitName } from "./variables";

interface Place {
  state: ShellState;
  host: ShellHost;
}

/** `[[ … ]]` */
export function evaluateCondition(expander: Expander, node: ConditionNode): boolean {
  switch (node.type) {
    case "CondNot":
      return !evaluateCondition(expander, node.operand);
    case "CondAnd":
      return evaluateCondition(expander, node.left) && evaluateCondition(expander, node.right);
    case "CondOr":
      return evaluateCondition(expander, node.left) || evaluateCondition(expander, node.right);
    case "CondGroup":
      return evaluateCondition(expander, node.expression);
    case "CondWord":
      return expander.single(node.word) !== "";
    case "CondUnary":
      return unaryTest(expander, node.operator, expander.single(node.operand));
    case "CondBinary": {
      const left = expander.single(node.left);
      if (node.operator === "=" || node.operator === "==") return evaluateCondition.matches(expander, left, node.right);
      if (node.operator === "!=") return !evaluateCondition.matches(expander, left, node.right);
      if (node.operator === "=~") return matchesExpression(expander, left, node.right);
      const right = expander.single(node.right);
      if (/^-(eq|ne|lt|le|gt|ge)$/.test(node.operator)) {
        return compare(node.operator, arithmeticText(expander, left), arithmeticText(expander, right));
      }
      return binaryTest(expander, node.operator, left, right);
    }
  }
}

evaluateCondition.matches = (expander: Expander, text: string, pattern: WordNode): boolean =>
  matchesPattern(text, expander.pattern(pattern), { ignoreCase: expander.state.options.nocasematch === true });

/** Longer regular expressions, and longer texts, than these are refused: the engine backtracks. */
const EXPRESSION_LIMIT = 1000;
const TEXT_LIMIT = 64 * 1024;

function matchesExpression(expander: Expander, text: string, word: WordNode): boolean {
  const source = word.parts
    .map((part) => {
      if (part.type === "Glob") return part.pattern;
      if (part.type === "Literal") return part.value;
      const quoted = part.type === "SingleQuoted" || part.type === "DoubleQuoted" || part.type === "Escaped";
      const value = expander.single({ type: "Word", parts: [part] });
      return quoted ? value.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&") : value;
    })
    .join("")
    .replace(/\[\[:(\w+):\]/g, (_, name: string) => `[${POSIX_CLASSES[name] ?? name}`)
    .replace(/\[:(\w+):\]/g, (_, name: string) => POSIX_CLASSES[name] ?? name);
  if (source.length > EXPRESSION_LIMIT || text.length > TEXT_LIMIT)
    throw new ShellFault("regular expression too large", 2);
  const expression = compileExpression(source, { ignoreCase: expander.state.options.nocasematch === true });
  if (!expression) throw new ShellFault("syntax error in regular expression", 2);
  const match = expression.exec(text);
  const groups = match?.groups.map((group, index): [string, string] => [String(index), group ?? ""]) ?? [];
  setArray(expander, "BASH_REMATCH", Object.fromEntries(groups));
  return match !== undefined;
}

const POSIX_CLASSES: Record<string, string> = {
  alpha: "A-Za-z",
  digit: "0-9",
  alnum: "A-Za-z0-9",
  upper: "A-Z",
  lower: "a-z",
  space: "\\s",
  blank: " \\t",
  punct: "!-\\/:-@\\[-`{-~",
  xdigit: "0-9A-Fa-f",
};

const compare = (operator: string, a: number, b: number): boolean =>
  operator === "-eq"
    ? a === b
    : operator === "-ne"
      ? a !== b
      : operator === "-lt"
        ? a < b
        : operator === "-le"
          ? a <= b
          : operator === "-gt"
            ? a > b
            : a >= b;

export function unaryTest(place: Place, operator: string, operand: string): boolean {
  const { state, host } = place;
  switch (operator) {
    case "-z":
      return operand === "";
    case "-n":
      return operand !== "";
    case "-v": {
      const { name, subscript } = splitName(operand);
      if (subscript === undefined) return getVariable(place, name) !== undefined;
      return elements(place, name).some(([key]) => subscript === "@" || key === subscript);
    }
    case "-o":
      return (state.options as Record<string, unknown>)[operand] === true;
    case "-t": {
      const handle = state.fds[Number(operand)];
      return handle !== undefined && host.isTty(handle);
    }
  }
  if (operand === "") return false;
  const path = resolvePath(state.cwd, operand);
  const own = /^\/dev\/(stdin|stdout|stderr|fd\/\d+)$/.test(path);
  const stat = operator === "-h" || operator === "-L" ? host.files.lstat(path) : host.files.stat(path);
  if (!stat) return own && (operator === "-e" || operator === "-a" || operator === "-r" || operator === "-w");
  const type = stat.type;
  switch (operator) {
    case "-f":
      return type === "file";
    case "-d":
      return type === "directory";
    case "-h":
    case "-L":
      return type === "symlink";
    case "-c":
      return type === "device";
    case "-s":
      return stat.sizeBytes > 0;
    case "-x":
      return type === "directory" || (stat.mode & 0o111) !== 0;
    case "-r":
      return readable(host, path, type);
    case "-w":
      return (stat.mode & 0o222) !== 0;
    case "-u":
      return (stat.mode & 0o4000) !== 0;
    case "-g":
      return (stat.mode & 0o2000) !== 0;
    case "-k":
      return (stat.mode & 0o1000) !== 0;
    case "-b":
    case "-p":
    case "-S":
      return false;
    default:
      return true;
  }
}

function readable(host: ShellHost, path: string, type: string): boolean {
  try {
    if (type === "directory") host.files.readDirectory(path);
    else host.files.readFile(path);
    return true;
  } catch {
    return false;
  }
}

export function binaryTest(place: Place, operator: string, left: string, right: string): boolean {
  const { state, host } = place;
  const time = (path: string) => host.files.stat(resolvePath(state.cwd, path))?.modifiedMs;
  switch (operator) {
    case "=":
    case "==":
      return left === right;
    case "!=":
      return left !== right;
    case "<":
      return left < right;
    case ">":
      return left > right;
    case "-nt":
      return (time(left) ?? -1) > (time(right) ?? -1);
    case "-ot":
      return (time(left) ?? -1) < (time(right) ?? -1);
    case "-ef":
      return time(left) !== undefined && resolvePath(state.cwd, left) === resolvePath(state.cwd, right);
    default:
      return compare(operator, integer(left), integer(right));
  }
}

function integer(text: string): number {
  const trimmed = text.trim();
  if (!/^[-+]?\d+$/.test(trimmed)) throw new ShellFault(`${text}: integer expression expected`, 2);
  return Number(trimmed);
}

const UNARY = /^-[a-hknoprstuvwxzGLNOS]$/;
const BINARY = /^(=|==|!=|<|>|-eq|-ne|-lt|-le|-gt|-ge|-nt|-ot|-ef)$/;

/** `test` and `[`: the rules by number of arguments, as POSIX has them, then a small grammar. */
export function runTest(place: Place, args: readonly string[]): boolean {
  let at = 0;
  const peek = (offset = 0) => args[at + offset];
  const or = (): boolean => {
    let value = and();
    while (peek() === "-o") {
      at++;
      value = and() || value;
    }
    return value;
  };
  const and = (): boolean => {
    let value = not();
    while (peek() === "-a") {
      at++;
      value = not() && value;
    }
    return value;
  };
  const not = (): boolean => {
    if (peek() === "!" && args.length - at > 1) {
      at++;
      return !not();
    }
    return primary();
  };
  const primary = (): boolean => {
    const first = peek();
    if (first === undefined) throw new ShellFault("argument expected", 2);
    const operator = peek(1);
    if (operator !== undefined && BINARY.test(operator) && peek(2) !== undefined) {
      at += 3;
      return binaryTest(place, operator, first, args[at - 1]!);
    }
    if (first === "(" && args.length - at > 1) {
      at++;
      const value = or();
      if (peek() !== ")") throw new ShellFault("`)' expected", 2);
      at++;
      return value;
    }
    if (UNARY.test(first) && operator !== undefined) {
      at += 2;
      return unaryTest(place, first, operator);
    }
    if (operator !== undefined && operator !== "-a" && operator !== "-o" && operator !== ")") {
      if (/^-\w+$/.test(first) && args.length === 2) throw new ShellFault(`${first}: unary operator expected`, 2);
      if (args.length === 3) throw new ShellFault(`${operator}: binary operator expected`, 2);
      if (args.length === 2) throw new ShellFault(`${first}: unary operator expected`, 2);
    }
    at++;
    return first !== "";
  };
  if (args.length === 0) return false;
  const value = or();
  if (at < args.length) throw new ShellFault("too many arguments", 2);
  return value;
}
