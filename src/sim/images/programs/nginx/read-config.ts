import { contextBit, findDirective, takesArguments } from "./directive-table";
import { type Environment, errnoText } from "./environment";

/** The syntax of nginx.conf: words, blocks, includes. Complaints are worded and placed as nginx does. */

/** Includes within includes, and blocks within blocks. */
const DEPTH_LIMIT = 20;
const DIRECTIVE_LIMIT = 20_000;
/** Blocks whose lines are data, not directives. */
const FREE_BLOCKS = new Set(["types", "map", "geo", "split_clients"]);

export interface Directive {
  name: string;
  args: string[];
  block?: Directive[];
  file: string;
  line: number;
}

/** A configuration that nginx does not take: `[emerg] message`. */
export class ConfigError extends Error {
  constructor(
    message: string,
    at?: { file: string; line: number },
    readonly level: "emerg" | "crit" = "emerg",
  ) {
    super(at ? `${message} in ${at.file}:${at.line}` : message);
  }
}

/** Reads the main file (and `-g` directives) with all that it includes. */
export function readConfiguration(environment: Environment): Directive[] {
  const budget = { directives: 0 };
  const own: Directive[] = [];
  if (environment.globals !== "") {
    const reader = new Reader(environment.globals, "command line", true);
    readBlock(reader, environment, "main", own, false, 0, budget);
  }
  readFile(environment.path, environment, "main", own, 0, budget);
  return own;
}

function readFile(
  path: string,
  environment: Environment,
  scope: string,
  into: Directive[],
  depth: number,
  budget: Budget,
  from?: Directive,
): void {
  const text = environment.readFile(path);
  if (typeof text !== "string") throw new ConfigError(`open() "${path}" failed ${errnoText(text.error)}`, from);
  readBlock(new Reader(text, path), environment, scope, into, false, depth, budget);
}

interface Budget {
  directives: number;
}

function readBlock(
  reader: Reader,
  environment: Environment,
  scope: string,
  into: Directive[],
  inBlock: boolean,
  depth: number,
  budget: Budget,
): void {
  for (;;) {
    const item = reader.next();
    if (item.kind === "end-file") {
      if (inBlock) throw reader.error('unexpected end of file, expecting "}"');
      return;
    }
    if (item.kind === "end-block") {
      if (!inBlock) throw reader.error('unexpected "}"');
      return;
    }
    const [name = "", ...args] = item.words;
    const directive: Directive = { name, args, file: reader.file, line: reader.line };
    if (++budget.directives > DIRECTIVE_LIMIT || depth > DEPTH_LIMIT) throw reader.error("too many directives");
    if (FREE_BLOCKS.has(scope) && name !== "include") {
      if (item.opensBlock) throw reader.error('unexpected "{"');
      into.push(directive);
      continue;
    }
    if (name === "include") {
      if (item.opensBlock) throw reader.error('directive "include" is not terminated by ";"');
      if (args.length !== 1) throw reader.error('invalid number of arguments in "include" directive');
      include(args[0]!, environment, scope, into, depth, budget, directive);
      continue;
    }
    check(directive, scope, item.opensBlock, reader, environment.version);
    if (item.opensBlock) {
      directive.block = [];
      readBlock(reader, environment, innerScope(name, scope), directive.block, true, depth + 1, budget);
    }
    into.push(directive);
  }
}

function include(
  pattern: string,
  environment: Environment,
  scope: string,
  into: Directive[],
  depth: number,
  budget: Budget,
  from: Directive,
): void {
  const path = pattern.startsWith("/") ? pattern : `/etc/nginx/${pattern}`;
  if (!/[*?[]/.test(path)) {
    readFile(path, environment, scope, into, depth + 1, budget, from);
    return;
  }
  for (const file of environment.glob(path)) readFile(file, environment, scope, into, depth + 1, budget, from);
}

function check(directive: Directive, scope: string, opensBlock: boolean, reader: Reader, version: string): void {
  const { name, args } = directive;
  const known = findDirective(name, version);
  if (!known) throw reader.error(`unknown directive "${name}"`);
  const allowed = known.filter((definition) => definition.contexts & contextBit(scope));
  if (allowed.length === 0) throw reader.error(`"${name}" directive is not allowed here`);
  const fitting = allowed.find((definition) => definition.block === opensBlock);
  if (!fitting)
    throw reader.error(
      opensBlock ? `directive "${name}" is not terminated by ";"` : `directive "${name}" has no opening "{"`,
    );
  if (!takesArguments(fitting, args.length)) throw reader.error(`invalid number of arguments in "${name}" directive`);
  if (fitting.arguments === "flag" && !/^(on|off)$/i.test(args[0]!)) {
    throw reader.error(`invalid value "${args[0]}" in "${name}" directive, it must be "on" or "off"`);
  }
}

function innerScope(name: string, scope: string): string {
  if (name === "if") return scope === "server" ? "server-if" : "location-if";
  return name === "limit_except" ? "location" : name;
}

type Item = { kind: "directive"; words: string[]; opensBlock: boolean } | { kind: "end-block" } | { kind: "end-file" };

/** Cuts a text into directives. The line that errors name is where reading stands. */
class Reader {
  line = 1;
  private at = 0;

  constructor(
    private readonly text: string,
    readonly file: string,
    private readonly isParameter = false,
  ) {}

  error(message: string): ConfigError {
    return this.isParameter ? new ConfigError(`${message} in command line`) : new ConfigError(message, this);
  }

  next(): Item {
    const words: string[] = [];
    for (;;) {
      this.skipSpace();
      const char = this.text[this.at];
      if (char === undefined) {
        if (words.length === 0) return { kind: "end-file" };
        throw this.error(
          this.isParameter
            ? 'unexpected end of parameter, expecting ";"'
            : 'unexpected end of file, expecting ";" or "}"',
        );
      }
      if (char === ";" || char === "{") {
        this.at++;
        if (words.length === 0) throw this.error(`unexpected "${char}"`);
        return { kind: "directive", words, opensBlock: char === "{" };
      }
      if (char === "}") {
        this.at++;
        if (words.length > 0) throw this.error('unexpected "}"');
        return { kind: "end-block" };
      }
      words.push(char === '"' || char === "'" ? this.quoted(char) : this.word());
    }
  }

  private skipSpace(): void {
    for (; this.at < this.text.length; this.at++) {
      const char = this.text[this.at]!;
      if (char === "\n") this.line++;
      else if (char === "#") {
        while (this.at + 1 < this.text.length && this.text[this.at + 1] !== "\n") this.at++;
      } else if (!/\s/.test(char)) return;
    }
  }

  private quoted(quote: string): string {
    let word = "";
    for (this.at++; this.at < this.text.length; this.at++) {
      const char = this.text[this.at]!;
      if (char === "\n") this.line++;
      if (char === quote) {
        this.at++;
        const after = this.text[this.at];
        if (after !== undefined && !/[\s;{)]/.test(after)) throw this.error(`unexpected "${after}"`);
        return word;
      }
      word += char === "\\" ? this.escaped() : char;
    }
    throw this.error('unexpected end of file, expecting ";" or "}"');
  }

  private word(): string {
    let word = "";
    for (; this.at < this.text.length; this.at++) {
      const char = this.text[this.at]!;
      if (char === "{" && word.endsWith("$")) {
        // `${name}` belongs to the word.
        const end = this.text.indexOf("}", this.at);
        if (end < 0) break;
        word += this.text.slice(this.at, end + 1);
        this.at = end;
        continue;
      }
      if (/[\s;{]/.test(char)) return word;
      word += char === "\\" ? this.escaped() : char;
    }
    return word;
  }

  /** A backslash frees quotes and itself; before anything else it stays. */
  private escaped(): string {
    const next = this.text[this.at + 1];
    if (next === undefined) return "\\";
    this.at++;
    if (next === '"' || next === "'" || next === "\\") return next === "\\" ? "\\\\" : next;
    const named: Record<string, string> = { t: "\t", r: "\r", n: "\n" };
    return named[next] ?? `\\${next}`;
  }
}
