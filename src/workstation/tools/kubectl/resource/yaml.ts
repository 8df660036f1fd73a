import { LineCounter, parseDocument, type YAMLParseError } from "yaml";

/** What is wrong with a text, worded as go-yaml does. */
export class YamlError extends Error {}

/** More aliases than this are taken for an attack. */
const ALIAS_LIMIT = 100;

/** The documents of a YAML or JSON text, without empty ones. */
export function parseYamlDocuments(source: string): unknown[] {
  return splitDocuments(source)
    .map(parseYaml)
    .filter((value) => value !== null && value !== undefined);
}

/** kubectl cuts at lines that start with `---` before it parses, so that lines count from there. */
export function splitDocuments(source: string): string[] {
  const text = source.startsWith("\ufeff") ? source.slice(1) : source;
  if (/^\s*\{/.test(text)) return [text];
  const documents: string[] = [];
  let current: string[] = [];
  for (const line of text.split("\n")) {
    if (/^---(\s|$)/.test(line)) {
      documents.push(current.join("\n"));
      current = [];
      const rest = line.slice(3).trim();
      if (rest && !rest.startsWith("#")) current.push(rest);
    } else current.push(line);
  }
  documents.push(current.join("\n"));
  return documents.filter((document) =>
    document.split("\n").some((line) => line.trim() !== "" && !line.trim().startsWith("#")),
  );
}

/** One document as the JSON that it stands for. A key that stands twice counts with its last value, as in kubectl. */
export function parseYaml(source: string): unknown {
  const counter = new LineCounter();
  const document = parseDocument(source, {
    version: "1.1",
    merge: true,
    lineCounter: counter,
    uniqueKeys: false,
    strict: true,
    customTags: withoutTimes,
    intAsBigInt: false,
  });
  const [error] = document.errors;
  if (error) throw new YamlError(goMessage(error, counter, source));
  try {
    return document.toJS({ maxAliasCount: ALIAS_LIMIT });
  } catch (failure) {
    throw new YamlError(unknownAnchor(source) ?? `yaml: ${(failure as Error).message}`);
  }
}

/** sigs.k8s.io/yaml turns YAML into JSON: times and base-60 numbers stay texts, sets and pairs do not exist. */
const withoutTimes = (tags: any[]) =>
  tags.filter(
    (tag) =>
      !["timestamp", "intTime", "floatTime"].some(
        (name) => tag === name || tag?.tag === `tag:yaml.org,2002:${name}` || tag?.format === "TIME",
      ) && tag?.tag !== "tag:yaml.org,2002:timestamp",
  );

/** The first alias that no anchor stands for. */
function unknownAnchor(source: string): string | undefined {
  for (const [, name] of source.matchAll(/(?:^|[\s[{,:])\*([\w-]+)/g)) {
    if (!new RegExp(`&${name}(?![\\w-])`).test(source)) return `yaml: unknown anchor '${name}' referenced`;
  }
  return undefined;
}

/** Errors of go-yaml's scanner carry the line on which they are, those of its parser the line before; the first line is not named. */
const scanner = (line: number, problem: string) => (line > 1 ? `yaml: line ${line}: ${problem}` : `yaml: ${problem}`);
const parser = (line: number, problem: string) =>
  line > 2 ? `yaml: line ${line - 1}: ${problem}` : line === 2 ? `yaml: line 1: ${problem}` : `yaml: ${problem}`;

const NO_KEY = "did not find expected key";
const NO_DASH = "did not find expected '-' indicator";
const NO_NODE = "did not find expected node content";

/** The parser's complaint in go-yaml's words. */
function goMessage(error: YAMLParseError, counter: LineCounter, source: string): string {
  const lines = source.split("\n");
  const { line, col: column } = counter.linePos(error.pos[0]);
  const text = lines[line - 1] ?? "";
  const isDash = /^\s*-(\s|$)/.test(text) && text.slice(0, column - 1).trim() === "";
  const unclosed = /[[{,]\s*$/.test(source) ? NO_NODE : noBracket(error.message);
  switch (error.code) {
    case "TAB_AS_INDENT":
      return scanner(
        line,
        /:\s*$/.test(lines[line - 2] ?? ":")
          ? "found character that cannot start any token"
          : "found a tab character that violates indentation",
      );
    case "BAD_SCALAR_START":
      return scanner(line, "found character that cannot start any token");
    case "BAD_DQ_ESCAPE":
      return scanner(line, "found unknown escape character");
    case "BLOCK_AS_IMPLICIT_KEY":
    case "MULTILINE_IMPLICIT_KEY":
      if (error.code === "MULTILINE_IMPLICIT_KEY" && !isDash && hasKeyAbove(lines, line)) {
        return scanner(line + 1, "could not find expected ':'");
      }
      return isDash
        ? parser(line, NO_KEY)
        : scanner(lineOfColon(source, error.pos[0], counter), "mapping values are not allowed in this context");
    case "MISSING_CHAR":
      return missingCharacter(error.message, line, lines, unclosed);
    case "BAD_INDENT":
      return parser(line, /^Flow/.test(error.message) ? unclosed : NO_KEY);
    case "UNEXPECTED_TOKEN":
      if (/block-seq-ind on same line/.test(error.message))
        return scanner(line, "block sequence entries are not allowed in this context");
      if (/flow-(map|seq)-end/.test(error.message) && /:\s*$/.test(source.slice(0, error.pos[0])))
        return parser(line, NO_NODE);
      return parser(line, /^\s*-\s/.test(source) && /^\S/.test(text) ? NO_DASH : NO_KEY);
    default:
      return parser(line, NO_KEY);
  }
}

const noBracket = (message: string) => `did not find expected ',' or '${/map/i.test(message) ? "}" : "]"}'`;

function missingCharacter(message: string, line: number, lines: string[], unclosed: string): string {
  if (/quote/i.test(message)) return `yaml: line ${lines.length}: found unexpected end of stream`;
  if (/^Flow/.test(message)) return parser(lines.length, unclosed);
  if (/without - indicator/.test(message)) return parser(line, listStandsUnderKey(lines, line) ? NO_KEY : NO_DASH);
  return `yaml: line ${line + 1}: could not find expected ':'`;
}

/** The line of the next `:` that could end a key. */
function lineOfColon(source: string, from: number, counter: LineCounter): number {
  const found = source.slice(from).search(/:(\s|$)/);
  return counter.linePos(from + Math.max(0, found)).line;
}

/** Whether the list above a line starts in the column of the key that it belongs to. */
function listStandsUnderKey(lines: string[], line: number): boolean {
  const indentOf = (text: string) => text.length - text.trimStart().length;
  let dash = -1;
  for (let at = line - 2; at >= 0; at--) {
    const text = lines[at]!;
    if (text.trim() === "") continue;
    if (/^\s*-(\s|$)/.test(text)) dash = indentOf(text);
    else if (dash >= 0 && indentOf(text) <= dash) return indentOf(text) === dash;
  }
  return false;
}

/** Whether the mapping that a line belongs to has had a key before. */
function hasKeyAbove(lines: string[], line: number): boolean {
  const indentOf = (text: string) => text.length - text.trimStart().length;
  const own = indentOf(lines[line - 1]!);
  for (let at = line - 2; at >= 0; at--) {
    const text = lines[at]!;
    if (text.trim() === "" || indentOf(text) > own) continue;
    return indentOf(text) === own && /:(\s|$)/.test(text);
  }
  return false;
}
