import { arithmetic } from "./arithmetic";
import type { Expander, Piece } from "./expand";
import { ShellFault } from "./fault";
import { matchesPattern, removeMatch, replaceMatch } from "./pattern";
import type { ParameterPart } from "./program";
import { quote } from "./quote";
import { variable } from "./state";
import { elements, getVariable, setElement, setVariable, splitName } from "./variables";

type Operation = NonNullable<ParameterPart["operation"]>;

/** What a parameter stands for: nothing, one value, or a list (`$@`, `${a[*]}`). */
interface Value {
  values: string[];
  list: false | "@" | "*";
}

/** `$x`, `${x…}` in all its forms. */
export function expandParameter(expander: Expander, part: ParameterPart, quoted: boolean): Piece[] {
  const { operation } = part;
  if (operation?.type === "BadSubstitution") throw new ShellFault(`${operation.text}: bad substitution`, 1, true);
  if (operation?.type === "ArrayKeys") {
    const keys = elements(expander, operation.array).map(([key]) => key);
    return list(expander, keys, operation.star ? "*" : "@", quoted);
  }
  if (operation?.type === "VarNamePrefix") {
    const names = Object.keys(expander.state.variables).filter((name) => name.startsWith(operation.prefix));
    return list(expander, names.sort(), operation.star ? "*" : "@", quoted);
  }
  if (operation?.type === "Indirection") {
    const target = look(expander, part.parameter).values[0];
    if (target === undefined || target === "")
      throw new ShellFault(`${part.parameter}: invalid indirect expansion`, 1, true);
    return expandParameter(
      expander,
      { type: "ParameterExpansion", parameter: target, operation: operation.innerOp ?? null },
      quoted,
    );
  }
  const value = look(expander, part.parameter);
  if (!operation) {
    if (value.values.length === 0 && !value.list) unbound(expander, part.parameter);
    return give(expander, value, quoted);
  }
  return operate(expander, part.parameter, value, operation, quoted);
}

function look(expander: Expander, parameter: string): Value {
  if (parameter === "@" || parameter === "*") return { values: expander.state.positional, list: parameter };
  const { name, subscript } = splitName(parameter);
  if (subscript === "@" || subscript === "*")
    return { values: elements(expander, name).map(([, value]) => value), list: subscript };
  if (subscript !== undefined) {
    const key = expander.key(name, subscript);
    return { values: elements(expander, name).flatMap(([item, value]) => (item === key ? [value] : [])), list: false };
  }
  const value = getVariable(expander, name);
  return { values: value === undefined ? [] : [value], list: false };
}

function unbound(expander: Expander, parameter: string): void {
  if (!expander.state.options.nounset) return;
  throw new ShellFault(
    expander.state.dialect === "bash" ? `${parameter}: unbound variable` : `${parameter}: parameter not set`,
    expander.state.dialect === "bash" ? 1 : 2,
    true,
  );
}

function give(expander: Expander, value: Value, quoted: boolean): Piece[] {
  if (value.list) return list(expander, value.values, value.list, quoted);
  return [expander.value(value.values[0] ?? "", quoted)];
}

function list(expander: Expander, values: readonly string[], kind: "@" | "*", quoted: boolean): Piece[] {
  if (quoted && kind === "*") {
    const separators = getVariable(expander, "IFS");
    return [{ text: values.join(separators === undefined ? " " : (separators[0] ?? "")), quoted: true }];
  }
  return values.flatMap((value, index) => [
    ...(index > 0 ? [{ text: "", break: true }] : []),
    expander.value(value, quoted),
  ]);
}

function operate(expander: Expander, parameter: string, value: Value, operation: Operation, quoted: boolean): Piece[] {
  const map = (change: (text: string) => string) =>
    give(expander, { values: value.values.map(change), list: value.list }, quoted);
  const missing = (checkEmpty: boolean) =>
    value.values.length === 0 || (checkEmpty && value.values.every((item) => item === ""));
  switch (operation.type) {
    case "DefaultValue":
      return missing(operation.checkEmpty)
        ? inner(expander, operation.word.parts, quoted)
        : give(expander, value, quoted);
    case "UseAlternative":
      return missing(operation.checkEmpty) ? [] : inner(expander, operation.word.parts, quoted);
    case "AssignDefault": {
      if (!missing(operation.checkEmpty)) return give(expander, value, quoted);
      const text = expander.single(operation.word);
      const { name, subscript } = splitName(parameter);
      if (!/^[A-Za-z_]/.test(name)) throw new ShellFault(`$${parameter}: cannot assign in this way`, 1, true);
      if (subscript === undefined) setVariable(expander, name, text);
      else setElement(expander, name, expander.key(name, subscript), text);
      return [expander.value(text, quoted)];
    }
    case "ErrorIfUnset": {
      if (!missing(operation.checkEmpty)) return give(expander, value, quoted);
      const text = operation.word ? expander.single(operation.word) : "";
      const why = text || (operation.checkEmpty ? "parameter null or not set" : "parameter not set");
      throw new ShellFault(`${parameter}: ${why}`, expander.state.dialect === "bash" ? 1 : 2, true);
    }
    case "Length":
      if (value.list) return [expander.value(String(value.values.length), quoted)];
      if (value.values.length === 0) unbound(expander, parameter);
      return [expander.value(String([...(value.values[0] ?? "")].length), quoted)];
    case "LengthSliceError":
      throw new ShellFault(`\${#${parameter}}: bad substitution`, 1, true);
    case "Substring":
      return substring(expander, value, operation, quoted);
    case "PatternRemoval": {
      const pattern = expander.pattern(operation.pattern);
      return map((text) => removeMatch(text, pattern, operation.side, operation.greedy));
    }
    case "PatternReplacement": {
      const pattern = expander.pattern(operation.pattern);
      const replacement = operation.replacement ? expander.single(operation.replacement) : "";
      return map((text) => replaceMatch(text, pattern, replacement, operation));
    }
    case "CaseModification": {
      const pattern = operation.pattern ? expander.pattern(operation.pattern) : "?";
      const shift = (char: string) =>
        matchesPattern(char, pattern)
          ? operation.direction === "upper"
            ? char.toUpperCase()
            : char.toLowerCase()
          : char;
      return map((text) =>
        [...text].map((char, index) => (operation.all || index === 0 ? shift(char) : char)).join(""),
      );
    }
    case "Transform":
      return map((text) => transform(expander, parameter, text, operation.operator));
    default:
      throw new ShellFault(`\${${parameter}}: bad substitution`, 1, true);
  }
}

/** The word behind `:-`: in quotes it is quoted, else it splits like the parameter's own value. */
function inner(expander: Expander, parts: Parameters<Expander["pieces"]>[0], quoted: boolean): Piece[] {
  return expander.pieces(parts, quoted).map((piece) => (quoted ? { ...piece, quoted: true } : piece));
}

function substring(
  expander: Expander,
  value: Value,
  operation: Extract<Operation, { type: "Substring" }>,
  quoted: boolean,
): Piece[] {
  const offset = arithmetic(expander, operation.offset);
  const length = operation.length ? arithmetic(expander, operation.length) : undefined;
  const cut = <T>(items: T[]): T[] => {
    const start = offset < 0 ? items.length + offset : offset;
    if (start < 0) return [];
    if (length === undefined) return items.slice(start);
    return length < 0 ? items.slice(start, items.length + length) : items.slice(start, start + length);
  };
  if (value.list) {
    // `${@:0}` counts the shell's name; `${a[@]:0}` does not.
    const positional = value.values === expander.state.positional;
    const values = positional ? cut([expander.state.name, ...value.values]) : cut(value.values);
    return list(expander, values, value.list, quoted);
  }
  const characters = [...(value.values[0] ?? "")];
  if (
    length !== undefined &&
    length < 0 &&
    (offset < 0 ? characters.length + offset : offset) > characters.length + length
  ) {
    throw new ShellFault(`${length}: substring expression < 0`, 1, true);
  }
  return [expander.value(cut(characters).join(""), quoted)];
}

function transform(expander: Expander, parameter: string, text: string, operator: string): string {
  if (operator === "Q") return quote(text, true);
  if (operator === "U") return text.toUpperCase();
  if (operator === "L") return text.toLowerCase();
  if (operator === "u") return text.charAt(0).toUpperCase() + text.slice(1);
  const known = variable(expander.state.variables, splitName(parameter).name);
  if (operator === "a")
    return `${known?.e ? (known.a ? "A" : "a") : ""}${known?.integer ? "i" : ""}${known?.readonly ? "r" : ""}${known?.exported ? "x" : ""}`;
  if (operator === "A") return `${parameter}=${quote(text, true)}`;
  return text;
}
