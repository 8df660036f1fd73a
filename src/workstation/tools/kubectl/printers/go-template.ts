import { base64Decode } from "@/posix/files/bytes";
import { formatGo } from "./go-value";
import { entries } from "./json";

/** The part of Go's text/template that `-o go-template` is used with: fields, variables, range, if, with, pipes, a few functions. */
type Expression = { words: Word[]; pipe: Word[][] };
type Word =
  | { kind: "path"; variable?: string; path: string[]; place: string }
  | { kind: "literal"; value: unknown }
  | { kind: "function"; name: string }
  | { kind: "group"; expression: Expression };
type Part =
  | { kind: "text"; text: string }
  | { kind: "print"; expression: Expression; assign?: string }
  | { kind: "range" | "if" | "with"; expression: Expression; variables: string[]; body: Part[]; otherwise: Part[] };

export class TemplateError extends Error {}

/** Rounds of all loops of one template together. */
const ROUNDS_LIMIT = 100_000;
/** As much of an expression stands in an error. */
const CONTEXT_SHOWN = 20;

export class GoTemplate {
  private readonly parts: Part[];
  private rounds = 0;

  constructor(
    source: string,
    private readonly allowMissing: boolean,
  ) {
    this.parts = parse(source);
  }

  execute(data: unknown): string {
    this.rounds = 0;
    return this.render(this.parts, data, new Map([["", data]]));
  }

  private render(parts: Part[], dot: unknown, variables: Map<string, unknown>): string {
    let output = "";
    for (const part of parts) {
      if (part.kind === "text") output += part.text;
      else if (part.kind === "print") {
        const value = this.evaluate(part.expression, dot, variables);
        if (part.assign) variables.set(part.assign, value);
        else output += value === undefined ? "<no value>" : formatGo(value);
      } else output += this.block(part, dot, variables);
    }
    return output;
  }

  private block(part: Part & { kind: "range" | "if" | "with" }, dot: unknown, variables: Map<string, unknown>): string {
    const value = this.evaluate(part.expression, dot, variables);
    if (part.kind === "if") return this.render(truth(value) ? part.body : part.otherwise, dot, variables);
    if (part.kind === "with")
      return truth(value) ? this.render(part.body, value, variables) : this.render(part.otherwise, dot, variables);
    const pairs: [unknown, unknown][] = Array.isArray(value)
      ? value.map((item, index) => [index, item])
      : typeof value === "object" && value !== null
        ? entries(value)
        : [];
    if (pairs.length === 0) return this.render(part.otherwise, dot, variables);
    let output = "";
    for (const [key, item] of pairs) {
      if (++this.rounds > ROUNDS_LIMIT) throw new TemplateError("1: too many rounds");
      const inner = new Map(variables);
      if (part.variables.length === 2) inner.set(part.variables[0]!, key).set(part.variables[1]!, item);
      else if (part.variables.length === 1) inner.set(part.variables[0]!, item);
      output += this.render(part.body, item, inner);
    }
    return output;
  }

  private evaluate(expression: Expression, dot: unknown, variables: Map<string, unknown>): unknown {
    let value = this.command(expression.words, dot, variables, []);
    for (const words of expression.pipe) value = this.command(words, dot, variables, [value]);
    return value;
  }

  private command(words: Word[], dot: unknown, variables: Map<string, unknown>, piped: unknown[]): unknown {
    const [first, ...rest] = words;
    if (first?.kind === "function")
      return call(first.name, [...rest.map((word) => this.value(word, dot, variables)), ...piped]);
    return first ? this.value(first, dot, variables) : undefined;
  }

  private value(word: Word, dot: unknown, variables: Map<string, unknown>): unknown {
    if (word.kind === "literal") return word.value;
    if (word.kind === "group") return this.evaluate(word.expression, dot, variables);
    if (word.kind === "function") return call(word.name, []);
    let value = word.variable === undefined ? dot : variables.get(word.variable);
    for (const name of word.path) {
      const missing = typeof value !== "object" || value === null || !Object.hasOwn(value, name);
      if (missing && !this.allowMissing) throw new TemplateError(`${word.place}: map has no entry for key "${name}"`);
      value = missing ? undefined : (value as Record<string, unknown>)[name];
    }
    return value;
  }
}

const truth = (value: unknown) =>
  !(
    value === undefined ||
    value === null ||
    value === false ||
    value === 0 ||
    value === "" ||
    (typeof value === "object" && Object.keys(value).length === 0)
  );

const FUNCTIONS = new Set(
  "and base64decode call eq exists ge gt html index js le len lt ne not or print printf println slice urlquery".split(
    " ",
  ),
);

function escaped(name: "html" | "js" | "urlquery", text: string): string {
  if (name === "urlquery") return encodeURIComponent(text).replaceAll("%20", "+");
  if (name === "js")
    return text.replace(/['"\\<>&=]/g, (c) =>
      /['"\\]/.test(c) ? `\\${c}` : `\\u00${c.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  const entities: Record<string, string> = { "<": "&lt;", ">": "&gt;", "&": "&amp;", "'": "&#39;", '"': "&#34;" };
  return text.replace(/[<>&'"]/g, (c) => entities[c]!);
}

function call(name: string, args: unknown[]): unknown {
  const [a, b] = args;
  switch (name) {
    case "html":
    case "js":
    case "urlquery":
      return escaped(name, args.map(formatGo).join(""));
    case "len":
      return typeof a === "string" || Array.isArray(a) ? a.length : Object.keys((a as object) ?? {}).length;
    case "index":
      return args.slice(1).reduce((value: any, key: any) => value?.[key], a);
    case "eq":
      return args.slice(1).some((other) => other === a);
    case "ne":
      return a !== b;
    case "lt":
      return (a as number) < (b as number);
    case "le":
      return (a as number) <= (b as number);
    case "gt":
      return (a as number) > (b as number);
    case "ge":
      return (a as number) >= (b as number);
    case "not":
      return !truth(a);
    case "and":
      return args.find((value) => !truth(value)) ?? args.at(-1);
    case "or":
      return args.find(truth) ?? args.at(-1);
    case "print":
      return args.map(formatGo).join("");
    case "println":
      return `${args.map(formatGo).join(" ")}\n`;
    case "printf":
      return printf(String(a), args.slice(1));
    case "exists":
      return args.slice(1).reduce((value: any, key: any) => value?.[key], a) !== undefined;
    case "base64decode":
      return base64Decode(String(a ?? "")) ?? "";
    default:
      throw new TemplateError(`1: function "${name}" not defined`);
  }
}

function printf(format: string, args: unknown[]): string {
  let next = 0;
  return format.replace(/%(-?\d+)?([svdqt%])/g, (_, width: string | undefined, verb: string) => {
    if (verb === "%") return "%";
    const value = args[next++];
    const text = verb === "q" ? JSON.stringify(value) : formatGo(value);
    const size = Number(width ?? 0);
    return size < 0 ? text.padEnd(-size) : text.padStart(size);
  });
}

/** Cuts at `{{ }}`, with `-` trimming the white space beside it, then nests the blocks. */
function parse(source: string): Part[] {
  const root: Part[] = [];
  const stack: { parts: Part[]; block?: Part & { kind: "range" | "if" | "with" } }[] = [{ parts: root }];
  let at = 0;
  let trimNext = false;
  while (at < source.length) {
    const open = source.indexOf("{{", at);
    let text = source.slice(at, open < 0 ? undefined : open);
    if (trimNext) text = text.trimStart();
    if (open >= 0 && source.startsWith("{{- ", open)) text = text.trimEnd();
    if (text) stack.at(-1)!.parts.push({ kind: "text", text });
    if (open < 0) break;
    const close = source.indexOf("}}", open);
    if (close < 0) throw new TemplateError("1: unclosed action");
    trimNext = source.slice(open, close).endsWith(" -");
    const inner = source
      .slice(open + 2, close)
      .replace(/^- /, "  ")
      .replace(/ -$/, "");
    const start = open + 2 + (inner.length - inner.trimStart().length);
    action(inner.trim(), stack, { source, start });
    at = close + 2;
  }
  if (stack.length > 1) throw new TemplateError("1: unexpected EOF");
  return root;
}

/** Where an action's text stands in the template. */
interface Origin {
  source: string;
  start: number;
}

function action(
  text: string,
  stack: { parts: Part[]; block?: Part & { kind: "range" | "if" | "with" } }[],
  origin: Origin,
): void {
  const top = stack.at(-1)!;
  if (text.startsWith("/*")) return;
  const [, keyword, rest] = /^(range|if|with|else|end)\b\s*(.*)$/s.exec(text) ?? [];
  if (keyword === "end") {
    if (stack.length === 1) throw new TemplateError("1: unexpected {{end}}");
    stack.pop();
    return;
  }
  if (keyword === "else") {
    if (!top.block) throw new TemplateError("1: unexpected {{else}}");
    top.parts = top.block.otherwise;
    if (rest) {
      // `else if` is an if inside the else; both end at one `end`.
      const expression = rest.replace(/^\S+\s*/, "");
      const inner = blockOf(rest.split(/\s+/)[0] as "if", expression, within(origin, text, expression));
      top.parts.push(inner);
      top.block = inner;
      top.parts = inner.body;
    }
    return;
  }
  if (keyword) {
    const block = blockOf(keyword as "range", rest!, within(origin, text, rest!));
    top.parts.push(block);
    stack.push({ parts: block.body, block });
    return;
  }
  const assign = /^\$(\w+)\s*:?=\s*(.*)$/s.exec(text);
  if (assign)
    top.parts.push({
      kind: "print",
      expression: expressionOf(assign[2]!, within(origin, text, assign[2]!)),
      assign: assign[1]!,
    });
  else top.parts.push({ kind: "print", expression: expressionOf(text, origin) });
}

/** The origin of what a text ends with. */
const within = ({ source, start }: Origin, text: string, end: string): Origin => ({
  source,
  start: start + text.length - end.length,
});

function blockOf(
  kind: "range" | "if" | "with",
  text: string,
  origin: Origin,
): Part & { kind: "range" | "if" | "with" } {
  const match = /^\$(\w+)(?:\s*,\s*\$(\w+))?\s*:=\s*(.*)$/s.exec(text);
  const variables = match ? [match[1]!, ...(match[2] ? [match[2]] : [])] : [];
  const source = match ? match[3]! : text;
  return { kind, expression: expressionOf(source, within(origin, text, source)), variables, body: [], otherwise: [] };
}

function expressionOf(text: string, origin: Origin): Expression {
  const found = [...text.matchAll(/"(?:[^"\\]|\\.)*"|`[^`]*`|\(|\)|\||[^\s()|]+/g)];
  const tokens = found.map(([token]) => token);
  let at = 0;
  const read = (): Expression => {
    const commands: Word[][] = [[]];
    while (at < tokens.length && tokens[at] !== ")") {
      const place = { source: origin.source, start: origin.start + found[at]!.index };
      const token = tokens[at++]!;
      if (token === "|") commands.push([]);
      else if (token === "(") {
        commands.at(-1)!.push({ kind: "group", expression: read() });
        at++;
      } else commands.at(-1)!.push(wordOf(token, place));
    }
    return { words: commands[0]!, pipe: commands.slice(1) };
  };
  const expression = read();
  if (expression.words.length === 0) throw new TemplateError("1: missing value for command");
  return expression;
}

function wordOf(token: string, origin: Origin): Word {
  const place = placeOf(token, origin);
  if (token.startsWith('"')) return { kind: "literal", value: JSON.parse(token) };
  if (token.startsWith("`")) return { kind: "literal", value: token.slice(1, -1) };
  if (/^-?\d+(\.\d+)?$/.test(token)) return { kind: "literal", value: Number(token) };
  if (token === "true" || token === "false") return { kind: "literal", value: token === "true" };
  if (token === "nil") return { kind: "literal", value: null };
  if (token === ".") return { kind: "path", path: [], place };
  if (token.startsWith(".")) return { kind: "path", path: token.slice(1).split("."), place };
  if (token.startsWith("$")) {
    const [variable, ...path] = token.slice(1).split(".");
    return { kind: "path", variable: variable!, path, place };
  }
  if (/^\w+$/.test(token)) {
    if (!FUNCTIONS.has(token)) throw new TemplateError(`${lineOf(origin)}: function "${token}" not defined`);
    return { kind: "function", name: token };
  }
  throw new TemplateError(`1: unexpected "${token}" in operand`);
}

const lineOf = ({ source, start }: Origin) => source.slice(0, start).split("\n").length;

/** `1:2: executing "output" at <.nope>`: how Go says where a template failed. */
function placeOf(token: string, { source, start }: Origin): string {
  const column = start - (source.lastIndexOf("\n", start - 1) + 1);
  const shown = token.length > CONTEXT_SHOWN ? `${token.slice(0, CONTEXT_SHOWN)}...` : token;
  return `${lineOf({ source, start })}:${column}: executing "output" at <${shown}>`;
}
