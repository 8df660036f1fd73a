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
  return document.toJS({ maxAliasCount: ALIAS_LIMIT });
}

/** sigs.k8s.io/yaml turns YAML into JSON: times and base-60 numbers stay texts, sets and pairs do not exist. */
const withoutTimes = (tags: any[]) =>
  tags.filter(
    (tag) =>
      !["timestamp", "intTime", "floatTime"].some(
        (name) => tag === name || tag?.tag === `tag:yaml.org,2002:${name}` || tag?.format === "TIME",
      ) && tag?.tag !== "tag:yaml.org,2002:timestamp",
  );

/** The parser's complaint in go-yaml's words. go-yaml counts lines of some errors from the token before. */
function goMessage(error: YAMLParseError, counter: LineCounter, source: string): string {
  const line = counter.linePos(error.pos[0]).line;
  const text = source.split("\n")[line - 1] ?? "";
  switch (error.code) {
    case "TAB_AS_INDENT":
      return `yaml: line ${line}: found character that cannot start any token`;
    case "BLOCK_AS_IMPLICIT_KEY":
      return `yaml: line ${line}: mapping values are not allowed in this context`;
    case "MULTILINE_IMPLICIT_KEY":
    case "MISSING_CHAR":
      if (/quote/i.test(error.message))
        return `yaml: line ${source.split("\n").length}: found unexpected end of stream`;
      if (/flow (map|sequence)|must end with|Expected flow/i.test(error.message))
        return `yaml: line ${line}: did not find expected ',' or '${/map/.test(error.message) ? "}" : "]"}'`;
      return /:(\s|$)/.test(text)
        ? `yaml: line ${line}: mapping values are not allowed in this context`
        : `yaml: line ${line + 1}: could not find expected ':'`;
    case "BAD_INDENT":
    case "UNEXPECTED_TOKEN":
      if (/^\s*-/.test(text)) return `yaml: line ${Math.max(1, line - 1)}: did not find expected '-' indicator`;
      return `yaml: line ${Math.max(1, line - 1)}: did not find expected key`;
    case "BAD_ALIAS":
      return `yaml: unknown anchor '${/anchor:? (\S+)/.exec(error.message)?.[1] ?? ""}' referenced`;
    case "BAD_DQ_ESCAPE":
      return `yaml: line ${line}: found unknown escape character`;
    case "BAD_SCALAR_START":
      return `yaml: line ${line}: found character that cannot start any token`;
    default:
      return `yaml: line ${line}: did not find expected key`;
  }
}
