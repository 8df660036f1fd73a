import { CliError } from "../errors";
import { formatGo } from "./go-value";
import { JsonPath, relaxedPath } from "./jsonpath/evaluate";
import { alignTabs, TABLE } from "./tabwriter";

export interface CustomColumn {
  header: string;
  expression: string;
}

/** `NAME:.metadata.name,IMAGE:.spec.containers[0].image` */
export function parseCustomColumns(spec: string): CustomColumn[] {
  if (spec === "") throw new CliError("custom-columns format specified but no custom columns given");
  return splitOutsideBrackets(spec).map((part) => {
    const colon = part.indexOf(":");
    if (colon < 0) throw new CliError(`unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>`);
    const expression = part.slice(colon + 1);
    if (expression === "")
      throw new CliError(`unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>`);
    return { header: part.slice(0, colon), expression };
  });
}

/** A file of two lines: headers, and paths below them. */
export function parseCustomColumnsFile(text: string): CustomColumn[] {
  const [headers, paths] = text.split("\n").map((line) => line.trim().split(/\s+/).filter(Boolean));
  if (!headers?.length) throw new CliError("template file is empty or missing a header line");
  if (!paths?.length) throw new CliError("template file is missing a spec line");
  if (headers.length !== paths.length)
    throw new CliError(`number of headers (${headers.length}) and field specifications (${paths.length}) don't match`);
  return headers.map((header, index) => ({ header, expression: paths[index]! }));
}

function splitOutsideBrackets(spec: string): string[] {
  const parts = [""];
  let depth = 0;
  for (const c of spec) {
    if (c === "[" || c === "(") depth++;
    if (c === "]" || c === ")") depth--;
    if (c === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += c;
  }
  return parts;
}

export function printCustomColumns(columns: CustomColumn[], objects: unknown[], withHeaders: boolean): string {
  const lines = withHeaders ? [columns.map(({ header }) => header).join("\t")] : [];
  const paths = columns.map(({ expression }) => pathOf(expression, lines.map((line) => `${line}\n`).join("")));
  for (const object of objects) lines.push(paths.map((path) => cell(path, object)).join("\t"));
  return alignTabs(`${lines.join("\n")}\n`, TABLE);
}

/** Headers are out before a path turns out to be wrong. */
function pathOf(expression: string, output: string): JsonPath {
  try {
    return new JsonPath(relaxedPath(expression), true);
  } catch (error) {
    throw new CliError((error as Error).message, 1, alignTabs(output, TABLE));
  }
}

function cell(path: JsonPath, object: unknown): string {
  const values = path.find(object);
  if (values.length === 0 || values[0]!.length === 0) return "<none>";
  return values
    .flat()
    .map((value) => (value === null ? "<none>" : formatGo(value)))
    .join(",");
}
