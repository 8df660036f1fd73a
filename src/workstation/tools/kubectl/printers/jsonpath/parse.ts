/** Templates of `-o jsonpath=…`, with the dialect and the complaints of k8s.io/client-go/util/jsonpath. */
export type Node =
  | { type: "text"; text: string }
  | { type: "list"; nodes: Node[] }
  | { type: "field"; name: string }
  | { type: "identifier"; name: string }
  | { type: "value"; value: number | boolean; kind: "int" | "float" | "bool" }
  | { type: "array"; from: Bound; to: Bound; step: Bound }
  | { type: "filter"; left: Node[]; operator: string; right: Node[] }
  | { type: "union"; members: Node[][] }
  | { type: "wildcard" }
  | { type: "recursive" };

export interface Bound {
  known: boolean;
  value: number;
  /** The end of a single index: one behind it. */
  derived?: boolean;
}

export class JsonPathError extends Error {}

/** Texts longer than this are refused rather than parsed. */
const TEMPLATE_LIMIT = 64 * 1024;

export function parseJsonPath(source: string): Node[] {
  if (source.length > TEMPLATE_LIMIT) throw new JsonPathError("template too long");
  return new Parser(source).template();
}

/** The nodes of `{text}`. */
function parseAction(text: string): Node[] {
  const [first] = new Parser(`{${text}}`).template();
  return first?.type === "list" ? first.nodes : [];
}

const isSpace = (c: string) => c === " " || c === "\t";
const isEndOfLine = (c: string) => c === "\n" || c === "\r";
const isTerminator = (c: string | undefined) =>
  c === undefined || isSpace(c) || isEndOfLine(c) || ".,[]$@{}".includes(c);
const isAlphaNumeric = (c: string | undefined) => c !== undefined && /[\p{L}\p{N}_]/u.test(c);

class Parser {
  private at = 0;
  constructor(private readonly source: string) {}

  template(): Node[] {
    const nodes: Node[] = [];
    while (this.at < this.source.length) {
      const brace = this.source.indexOf("{", this.at);
      if (brace < 0) {
        nodes.push({ type: "text", text: this.source.slice(this.at) });
        break;
      }
      if (brace > this.at) nodes.push({ type: "text", text: this.source.slice(this.at, brace) });
      this.at = brace + 1;
      nodes.push({ type: "list", nodes: this.action() });
    }
    return nodes;
  }

  private action(): Node[] {
    const nodes: Node[] = [];
    for (;;) {
      const c = this.source[this.at];
      if (c === undefined || isEndOfLine(c)) throw new JsonPathError("unclosed action");
      if (c === "}") {
        this.at++;
        return nodes;
      }
      if (this.source.startsWith("[?(", this.at)) nodes.push(this.filter());
      else if (this.source.startsWith("..", this.at)) this.recursive(nodes);
      else if (c === " " || c === "@" || c === "$") this.at++;
      else if (c === "[") nodes.push(...this.array());
      else if (c === '"' || c === "'") nodes.push(this.quoted(c));
      else if (c === ".") {
        this.at++;
        nodes.push(this.field());
      } else if (/[-+0-9]/.test(c)) nodes.push(this.number());
      else if (isAlphaNumeric(c)) nodes.push(this.identifier());
      else throw new JsonPathError(`unrecognized character in action: ${unicode(c)}`);
    }
  }

  private recursive(nodes: Node[]): void {
    if (nodes.at(-1)?.type === "recursive") throw new JsonPathError("invalid multiple recursive descent");
    this.at += 2;
    nodes.push({ type: "recursive" });
    if (isAlphaNumeric(this.source[this.at])) nodes.push(this.field());
  }

  /** Up to the next terminator; a backslash protects one. */
  private word(): string {
    const start = this.at;
    while (!isTerminator(this.source[this.at])) this.at += this.source[this.at] === "\\" ? 2 : 1;
    return this.source.slice(start, this.at);
  }

  private field(): Node {
    const word = this.word();
    return word === "*" ? { type: "wildcard" } : { type: "field", name: word.replaceAll("\\", "") };
  }

  private identifier(): Node {
    const name = this.word();
    if (name === "true" || name === "false") return { type: "value", value: name === "true", kind: "bool" };
    return { type: "identifier", name };
  }

  private number(): Node {
    const start = this.at;
    if (/[-+]/.test(this.source[this.at]!)) this.at++;
    while (/[0-9.]/.test(this.source[this.at] ?? "")) this.at++;
    const text = this.source.slice(start, this.at);
    if (/^[-+]?\d+$/.test(text)) return { type: "value", value: Number(text), kind: "int" };
    if (/^[-+]?(\d+\.\d*|\.\d+)$/.test(text)) return { type: "value", value: Number(text), kind: "float" };
    throw new JsonPathError(`cannot parse number ${text}`);
  }

  private quoted(end: string): Node {
    const start = ++this.at;
    for (;;) {
      const c = this.source[this.at];
      if (c === undefined || isEndOfLine(c)) throw new JsonPathError("unterminated quoted string");
      if (c === end && this.source[this.at - 1] !== "\\") break;
      this.at++;
    }
    return { type: "text", text: unquote(this.source.slice(start, this.at++)) };
  }

  private array(): Node[] {
    const start = this.at + 1;
    while (this.source[this.at] !== "]") {
      const c = this.source[this.at];
      if (c === undefined || isEndOfLine(c)) throw new JsonPathError("unterminated array");
      this.at++;
    }
    const inner = this.source.slice(start, this.at++);
    const text = inner === "*" ? ":" : inner;
    const parts = text.split(",");
    if (parts.length > 1) return [{ type: "union", members: parts.map((part) => parseAction(`[${part.trim()}]`)) }];
    const key = /^'([^']*)'$/.exec(text);
    if (key) return parseAction(`.${key[1]}`);
    const slice = /^(-?\d*)(:-?\d*)?(:-?\d*)?$/.exec(text);
    if (!slice) throw new JsonPathError(`invalid array index ${text}`);
    const bound = (part: string | undefined): Bound =>
      part ? { known: true, value: Number(part) } : { known: false, value: 0 };
    const from = bound(slice[1]);
    const to: Bound =
      slice[2] === undefined ? { known: true, value: from.value + 1, derived: true } : bound(slice[2].slice(1));
    return [{ type: "array", from, to, step: bound(slice[3]?.slice(1)) }];
  }

  private filter(): Node {
    this.at += 3;
    const start = this.at;
    let quote = "";
    let closed = true;
    for (; ; this.at++) {
      const c = this.source[this.at];
      if (c === undefined || isEndOfLine(c)) throw new JsonPathError("unterminated filter");
      if (c === '"' || c === "'") {
        if (closed) {
          closed = false;
          quote = c;
        } else if (c === quote && this.source[this.at - 1] !== "\\") closed = true;
      } else if (c === ")" && closed) break;
    }
    const text = this.source.slice(start, this.at++);
    if (this.source[this.at++] !== "]") throw new JsonPathError("unclosed array expect ]");
    const comparison = /^([^!<>=]+)([!<>=]+)(.+?)$/.exec(text);
    if (!comparison) return { type: "filter", left: parseAction(text), operator: "exists", right: [] };
    return {
      type: "filter",
      left: parseAction(comparison[1]!),
      operator: comparison[2]!,
      right: parseAction(comparison[3]!),
    };
  }
}

const unicode = (c: string) => `U+${c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")} '${c}'`;

const ESCAPES: Record<string, string> = {
  n: "\n",
  t: "\t",
  r: "\r",
  "\\": "\\",
  '"': '"',
  "'": "'",
  a: "\u0007",
  b: "\b",
  f: "\f",
  v: "\v",
};

function unquote(text: string): string {
  return text.replace(/\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)/g, (whole, code: string) => {
    if (code.length > 1) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    const escaped = ESCAPES[code];
    if (escaped === undefined) throw new JsonPathError(`invalid syntax`);
    return escaped ?? whole;
  });
}
