import { compileExpression } from "../expressions/compile";
import { translateExpression } from "../expressions/translate";
import { type Command, complain } from "./command";

export const expr: Command = (io) => {
  const words = io.argv.slice(1);
  let at = 0;
  let failed: string | undefined;
  const isNumber = (text: string) => /^-?\d+$/.test(text);
  const primary = (): string => {
    const word = words[at++];
    if (word === "(") {
      const value = level(0);
      at++;
      return value;
    }
    if (word === "length") return String([...(words[at++] ?? "")].length);
    if (word === "substr") {
      const [text, from, length] = [words[at++] ?? "", Number(words[at++]), Number(words[at++])];
      return text.slice(from - 1, from - 1 + length);
    }
    if (word === undefined) failed ??= "syntax error: missing argument";
    return word ?? "";
  };
  const LEVELS = [["|"], ["&"], ["<", "<=", "=", "==", "!=", ">=", ">"], ["+", "-"], ["*", "/", "%"], [":"]];
  const level = (depth: number): string => {
    if (depth === LEVELS.length) return primary();
    let left = level(depth + 1);
    while (LEVELS[depth]!.includes(words[at] ?? "")) {
      const operator = words[at++]!;
      left = apply(operator, left, level(depth + 1));
    }
    return left;
  };
  const apply = (operator: string, a: string, b: string): string => {
    if (operator === "|") return a !== "" && a !== "0" ? a : b;
    if (operator === "&") return a !== "" && a !== "0" && b !== "" && b !== "0" ? a : "0";
    if (operator === ":") {
      const match = compileExpression(`^(?:${translateExpression(b, "basic")})`)?.exec(a);
      return b.includes("\\(") ? (match?.groups[1] ?? "") : String([...(match?.groups[0] ?? "")].length);
    }
    if (["<", "<=", "=", "==", "!=", ">=", ">"].includes(operator)) {
      const order = isNumber(a) && isNumber(b) ? Number(a) - Number(b) : a < b ? -1 : a > b ? 1 : 0;
      return String(
        Number(
          operator === "<"
            ? order < 0
            : operator === "<="
              ? order <= 0
              : operator === ">"
                ? order > 0
                : operator === ">="
                  ? order >= 0
                  : operator === "!="
                    ? order !== 0
                    : order === 0,
        ),
      );
    }
    if (!isNumber(a) || !isNumber(b)) {
      failed ??= "non-integer argument";
      return "0";
    }
    const [x, y] = [Number(a), Number(b)];
    if ((operator === "/" || operator === "%") && y === 0) {
      failed ??= "division by zero";
      return "0";
    }
    return String(
      operator === "+"
        ? x + y
        : operator === "-"
          ? x - y
          : operator === "*"
            ? x * y
            : operator === "/"
              ? Math.trunc(x / y)
              : x % y,
    );
  };
  const value = level(0);
  if (failed === undefined && at < words.length) failed = `syntax error: unexpected argument ‘${words[at]}’`;
  if (failed !== undefined) {
    complain(io, failed);
    return { exit: 2 };
  }
  io.out(`${value}\n`);
  return { exit: value === "" || value === "0" ? 1 : 0 };
};
