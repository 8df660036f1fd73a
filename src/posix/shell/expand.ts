import { arithmetic, arithmeticText } from "./arithmetic";
import { expandBraces } from "./braces";
import { NeedSubstitution, ShellFault } from "./fault";
import { expandPath } from "./glob";
import type { ShellHost } from "./host";
import { expandParameter } from "./parameters";
import { hasGlob, patternText, unescapePattern } from "./pattern";
import { type Assignment, programOf, type WordNode, type WordPart } from "./program";
import { type ShellState, variable } from "./state";
import { elements, getVariable, ifs, setArray, setElement, setVariable, splitName } from "./variables";

/** A stretch of an expanded word. `split`: subject to IFS; `quoted`: no pattern in it; `break`: the next field of `"$@"` begins. */
export interface Piece {
  text: string;
  quoted?: boolean;
  split?: boolean;
  break?: boolean;
}

/** One command's words may come to no more than this many characters and fields. */
export const EXPANSION_LIMIT = 1024 * 1024;
export const FIELD_LIMIT = 20_000;

/**
 * Expands words. Command substitutions are answered from `outputs`, in order; where one is missing, `NeedSubstitution`
 * is thrown and the whole expansion is done again later, from the same variables: so all of it is deterministic.
 */
export class Expander {
  private used = 0;

  constructor(
    readonly state: ShellState,
    readonly host: ShellHost,
    private readonly outputs: readonly string[],
  ) {}

  /** Output of the next substitution, without its last newlines. */
  substitute(body: object | string, file: boolean): string {
    const output = this.outputs[this.used];
    if (output === undefined) throw new NeedSubstitution(body, file);
    this.used++;
    return output;
  }

  /** The fields of a command's words. */
  words(words: readonly WordNode[]): string[] {
    const fields: string[] = [];
    for (const word of words) {
      for (const parts of expandBraces(word.parts)) fields.push(...this.fields(parts));
      if (fields.length > FIELD_LIMIT) throw new ShellFault("argument list too long", 126, true);
    }
    return fields;
  }

  /** One word as one string: assignments, redirection targets, `case` words. */
  single(word: WordNode | null): string {
    return word ? this.join(this.pieces(word.parts, false)) : "";
  }

  /** A word as a pattern, quoted characters escaped. */
  pattern(word: WordNode | null): string {
    if (!word) return "";
    return patternText(this.pieces(word.parts, false).map((piece) => ({ text: piece.text, quoted: !!piece.quoted })));
  }

  /** The target of a redirection: several words are ambiguous. */
  target(word: WordNode): string {
    const fields = this.fields(word.parts);
    if (fields.length !== 1) throw new ShellFault(`${sourceOf(word)}: ambiguous redirect`);
    return fields[0]!;
  }

  hereDocument(word: WordNode): string {
    return this.pieces(word.parts, true)
      .map((piece) => piece.text)
      .join("");
  }

  /** Expands a text as if it stood in double quotes. */
  expandText(text: string): string {
    const command = programOf(`: "${text}"`).script.statements[0]?.pipelines[0]?.commands[0];
    const word = command?.type === "SimpleCommand" ? command.args[0] : undefined;
    return word ? this.single(word) : "";
  }

  assign(assignment: Assignment): void {
    const { name, subscript } = splitName(assignment.name);
    if (assignment.array) {
      this.assignArray(name, assignment.array, assignment.append);
      return;
    }
    const known = variable(this.state.variables, name);
    let value = this.single(assignment.value);
    if (known?.integer) value = String(arithmeticText(this, value));
    if (subscript !== undefined) {
      const key = this.key(name, subscript);
      if (assignment.append) value = (elements(this, name).find(([item]) => item === key)?.[1] ?? "") + value;
      setElement(this, name, key, value);
      return;
    }
    if (assignment.append) {
      const before = getVariable(this, name) ?? "";
      value = known?.integer ? String(arithmeticText(this, `${before || 0}+${value || 0}`)) : before + value;
    }
    setVariable(this, name, value);
  }

  /** The key that a subscript means: a number for indexed arrays, text for associative ones. */
  key(name: string, subscript: string): string {
    if (variable(this.state.variables, name)?.a) return this.expandText(subscript.replace(/^(["'])([\s\S]*)\1$/, "$2"));
    const index = arithmeticText(this, subscript.includes("$") ? this.expandText(subscript) : subscript);
    if (index >= 0) return String(index);
    const last = elements(this, name).at(-1)?.[0] ?? "-1";
    return String(Number(last) + 1 + index);
  }

  private assignArray(name: string, words: readonly WordNode[], append: boolean): void {
    const known = variable(this.state.variables, name);
    const values: Record<string, string> = append ? Object.fromEntries(elements(this, name)) : {};
    let next = Number(Object.keys(values).at(-1) ?? -1) + 1;
    for (const word of words) {
      const keyed = keyedElement(word);
      if (keyed) {
        const key = this.key(name, keyed.key);
        values[key] = this.join(this.pieces(keyed.value, false));
        next = Number(key) + 1;
        continue;
      }
      for (const field of this.words([word])) values[String(next++)] = field;
    }
    setArray(this, name, values, known?.a ? { a: true } : {});
  }

  /** Splits into fields, matches file names, and removes quotes. */
  private fields(parts: readonly WordPart[]): string[] {
    const result: string[] = [];
    for (const field of this.split(this.pieces(parts, false))) {
      const pattern = patternText(field.map((piece) => ({ text: piece.text, quoted: !!piece.quoted })));
      if (this.state.options.noglob || !hasGlob(pattern)) {
        result.push(this.join(field));
        continue;
      }
      const names = expandPath(pattern, this.state.cwd, this.host.files, this.state.options);
      if (names.length > 0) result.push(...names);
      else if (!this.state.options.nullglob) result.push(this.join(field));
    }
    return result;
  }

  private split(pieces: readonly Piece[]): Piece[][] {
    const fields: Piece[][] = [];
    let field: Piece[] | undefined;
    const separators = ifs(this.state);
    const white = [...separators].filter((char) => " \t\n".includes(char)).join("");
    for (const piece of pieces) {
      if (piece.break) {
        if (field) fields.push(field);
        field = undefined;
        continue;
      }
      if (!piece.split || separators === "") {
        if (piece.text !== "" || piece.quoted) field = [...(field ?? []), piece];
        continue;
      }
      let text = "";
      let index = 0;
      const { text: source } = piece;
      const flush = () => {
        if (text !== "") field = [...(field ?? []), { text }];
        text = "";
      };
      while (index < source.length) {
        const char = source[index]!;
        if (!separators.includes(char)) {
          text += char;
          index++;
          continue;
        }
        flush();
        let hard = false;
        while (index < source.length && separators.includes(source[index]!)) {
          const isWhite = white.includes(source[index]!);
          // Each visible separator ends a field of its own; white space around it belongs to it.
          if (!isWhite && hard) break;
          if (!isWhite) hard = true;
          index++;
        }
        if (field) fields.push(field);
        else if (hard) fields.push([]);
        field = undefined;
      }
      flush();
      if (fields.length > FIELD_LIMIT) throw new ShellFault("argument list too long", 126, true);
    }
    if (field) fields.push(field);
    return fields;
  }

  private join(pieces: readonly Piece[]): string {
    let text = "";
    for (const piece of pieces) text += piece.break ? " " : piece.text;
    if (text.length > EXPANSION_LIMIT) throw new ShellFault("expansion too large", 1, true);
    return text;
  }

  /** Expands without splitting. In double quotes everything is quoted. */
  pieces(parts: readonly WordPart[], quoted: boolean): Piece[] {
    const result: Piece[] = [];
    for (const part of parts) result.push(...this.part(part, quoted));
    return result;
  }

  private part(part: WordPart, quoted: boolean): Piece[] {
    switch (part.type) {
      case "Literal":
        return [{ text: part.value, quoted: true }];
      case "Glob":
        return [{ text: part.pattern, quoted }];
      case "SingleQuoted":
      case "Escaped":
        return [{ text: part.value, quoted: true }];
      case "DoubleQuoted": {
        const inner = this.pieces(part.parts, true);
        // An empty pair of quotes is a field; "$@" with no parameters is none.
        const onlyAt =
          part.parts.length === 1 &&
          part.parts[0]!.type === "ParameterExpansion" &&
          /^@$|\[@\]$/.test(part.parts[0]!.parameter);
        return inner.length > 0 || onlyAt ? inner : [{ text: "", quoted: true }];
      }
      case "TildeExpansion":
        return [{ text: this.tilde(part.user), quoted: true }];
      case "ParameterExpansion":
        return expandParameter(this, part, quoted);
      case "CommandSubstitution":
        return [this.value(this.commandOutput(part.body), quoted)];
      case "ProcessSubstitution":
        if (part.direction === "output")
          throw new ShellFault("process substitution for output is not supported", 1, true);
        return [{ text: this.substitute(part.body, true), quoted: true }];
      case "ArithmeticExpansion":
        return [this.value(String(arithmetic(this, part.expression)), quoted)];
      case "BraceExpansion":
        return expandBraces([part]).flatMap((inner, index) => [
          ...(index ? [{ text: " ", quoted }] : []),
          ...this.pieces(inner, quoted),
        ]);
    }
  }

  value(text: string, quoted: boolean): Piece {
    return quoted ? { text, quoted: true } : { text, split: true };
  }

  /** `$(< file)` reads the file without a process. */
  private commandOutput(body: object): string {
    return this.substitute(body, false);
  }

  private tilde(user: string | null): string {
    if (!user) return getVariable(this, "HOME") ?? this.host.home?.("") ?? "/";
    if (user === "+") return this.state.cwd;
    if (user === "-") return this.state.previousCwd ?? "~-";
    return this.host.home?.(user) ?? `~${user}`;
  }
}

/** `[key]=value` inside an array's parentheses. */
function keyedElement(word: WordNode): { key: string; value: WordPart[] } | undefined {
  const [first, second, ...rest] = word.parts;
  if (first?.type === "Glob" && second?.type === "Literal" && second.value.startsWith("=")) {
    const key = /^\[([^\]]*)\]$/.exec(first.pattern)?.[1];
    if (key !== undefined) return { key, value: [{ type: "Literal", value: second.value.slice(1) }, ...rest] };
  }
  if (first?.type === "Literal") {
    const match = /^\[([^\]]*)\]=([\s\S]*)$/.exec(first.value);
    if (match) return { key: match[1]!, value: [{ type: "Literal", value: match[2]! }, ...word.parts.slice(1)] };
  }
  if (first?.type === "Glob") {
    const match = /^\[([^\]]*)\]=([\s\S]*)$/.exec(first.pattern);
    if (match) return { key: match[1]!, value: [{ type: "Literal", value: match[2]! }, ...word.parts.slice(1)] };
  }
  return undefined;
}

/** Roughly how a word was written, for messages. */
function sourceOf(word: WordNode): string {
  return word.parts
    .map((part) => {
      if (part.type === "ParameterExpansion") return `$${part.parameter}`;
      if (part.type === "Glob") return unescapePattern(part.pattern);
      return "value" in part ? part.value : "";
    })
    .join("");
}
