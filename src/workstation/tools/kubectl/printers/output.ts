import { kindNameOf, type Resource } from "../api/discovery";
import { CliError } from "../errors";
import type { FlagValues } from "../flags/parse";
import { parseCustomColumns, parseCustomColumnsFile, printCustomColumns } from "./custom-columns";
import { GoTemplate } from "./go-template";
import { formatGo, formatGoSyntax } from "./go-value";
import { compactJson, printJson } from "./json";
import { JsonPath } from "./jsonpath/evaluate";
import { printYaml } from "./yaml";

/** Prints objects in one of the formats that `-o` names. */
export interface Printer {
  /** `ordered`: the object was made here, its fields stand in the order of Go's struct. */
  print(object: any, resource?: Pick<Resource, "group" | "kind">, ordered?: boolean): string;
  /** Lists are printed as one object rather than one by one. */
  takesList: boolean;
}

const TEMPLATE_FORMATS = [
  "go-template",
  "go-template-file",
  "template",
  "templatefile",
  "jsonpath",
  "jsonpath-as-json",
  "jsonpath-file",
];
export const GET_FORMATS = ["custom-columns", "custom-columns-file", "wide"];

const ALLOWED = [
  "go-template",
  "go-template-file",
  "json",
  "jsonpath",
  "jsonpath-as-json",
  "jsonpath-file",
  "name",
  "template",
  "templatefile",
  "yaml",
];
const ALLOWED_FOR_GET = [...ALLOWED, "custom-columns", "custom-columns-file", "wide"].sort();

export interface OutputSettings {
  readFile(name: string): string;
  /** `get` knows tables and custom columns too. */
  forGet?: boolean;
  noHeaders?: boolean;
}

/** The printer for `-o`, or undefined where the human form (or none) is asked for. */
export function printerFor(flags: FlagValues, settings: OutputSettings): Printer | undefined {
  let output = flags.text("output");
  const template = flags.has("template") ? flags.text("template") : "";
  if (!output && template) output = "go-template";
  if (!output || (settings.forGet && output === "wide")) return undefined;
  const allowMissing = !flags.has("allow-missing-template-keys") || flags.bool("allow-missing-template-keys");
  const keepManaged = flags.has("show-managed-fields") && flags.bool("show-managed-fields");
  const strip = (object: any) => (keepManaged ? object : withoutManagedFields(object));
  const equals = output.indexOf("=");
  const format = equals < 0 ? output : output.slice(0, equals);
  const argument = equals < 0 ? template : output.slice(equals + 1);
  switch (format) {
    case "json":
      return { takesList: true, print: (object, _, ordered) => printJson(strip(object), ordered) };
    case "yaml": {
      let count = 0;
      return { takesList: true, print: (object) => `${count++ > 0 ? "---\n" : ""}${printYaml(strip(object))}` };
    }
    case "name":
      return { takesList: false, print: (object, resource) => printName(object, resource) };
  }
  if (settings.forGet && format.startsWith("custom-columns")) {
    if (format === "custom-columns" || format === "custom-columns-file") {
      const columns =
        format === "custom-columns"
          ? parseCustomColumns(argument)
          : parseCustomColumnsFile(columnsFile(settings, argument));
      let printed = false;
      return {
        takesList: true,
        print: (object) => {
          const objects = Array.isArray(object?.items) ? object.items : [object];
          const text = printCustomColumns(columns, objects, !settings.noHeaders && !printed);
          printed = true;
          return text;
        },
      };
    }
  }
  if (TEMPLATE_FORMATS.includes(format)) {
    if (argument === "") throw new CliError("template format specified but no template given");
    const source = format.endsWith("file") ? templateFile(settings, argument) : argument;
    if (format.startsWith("jsonpath")) return jsonPathPrinter(source, allowMissing, format === "jsonpath-as-json");
    return goTemplatePrinter(source, allowMissing);
  }
  const allowed = settings.forGet ? ALLOWED_FOR_GET : ALLOWED;
  throw new CliError(
    `unable to match a printer suitable for the output format ${JSON.stringify(output)}, allowed formats are: ${allowed.join(",")}`,
  );
}

function columnsFile(settings: OutputSettings, name: string): string {
  if (name === "") throw new CliError("custom-columns format specified but no custom columns given");
  return fileOrError(settings, name, `error reading template ${name}`);
}

const templateFile = (settings: OutputSettings, name: string) =>
  fileOrError(settings, name, `error reading --template ${name}`);

function fileOrError(settings: OutputSettings, name: string, problem: string): string {
  try {
    return settings.readFile(name);
  } catch (error) {
    throw error instanceof CliError ? new CliError(`${problem}, ${error.message}\n`) : error;
  }
}

function jsonPathPrinter(source: string, allowMissing: boolean, asJson: boolean): Printer {
  let path: JsonPath;
  try {
    path = new JsonPath(source, allowMissing);
  } catch (error) {
    throw new CliError(`error parsing jsonpath ${source}, ${(error as Error).message}`);
  }
  return {
    takesList: true,
    print(object) {
      try {
        return asJson ? path.executeAsJson(object) : path.execute(object);
      } catch (error) {
        throw new CliError(
          `error executing jsonpath ${JSON.stringify(source)}: Error executing template: ${(error as Error).message}. Printing more information for debugging the template:\n\ttemplate was:\n\t\t${source}\n\tobject given to jsonpath engine was:\n\t\t${formatGoSyntax(object)}\n\n\n`,
        );
      }
    },
  };
}

function goTemplatePrinter(source: string, allowMissing: boolean): Printer {
  let template: GoTemplate;
  try {
    template = new GoTemplate(source, allowMissing);
  } catch (error) {
    throw new CliError(`error parsing template ${source}, template: output:${(error as Error).message}`);
  }
  return {
    takesList: true,
    print(object) {
      try {
        return template.execute(object);
      } catch (error) {
        const problem = `template: output:${(error as Error).message}`;
        throw new CliError(
          `error executing template ${JSON.stringify(source)}: ${problem}`,
          1,
          `Error executing template: ${problem}. Printing more information for debugging the template:\n\ttemplate was:\n\t\t${source}\n\traw data was:\n\t\t${compactJson(object)}\n\tobject given to template engine was:\n\t\t${formatGo(object)}\n\n`,
        );
      }
    },
  };
}

/** `pod/web`, `deployment.apps/web` */
export function printName(object: any, resource?: Pick<Resource, "group" | "kind">): string {
  const [group, version] = String(object.apiVersion ?? "").split("/");
  const kind = resource ?? { group: version ? group! : "", kind: String(object.kind ?? "") };
  return `${kindNameOf(kind)}/${object.metadata?.name ?? ""}\n`;
}

export function withoutManagedFields(object: any): any {
  if (Array.isArray(object?.items)) return { ...object, items: object.items.map(withoutManagedFields) };
  if (!object?.metadata?.managedFields) return object;
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}

/** `pod/web created (dry run)`: what a command prints of an object where `-o` asks for nothing. */
export function resultLine(
  resource: Pick<Resource, "group" | "kind">,
  name: string,
  operation: string,
  dryRun: DryRun = "none",
): string {
  const suffix = dryRun === "client" ? " (dry run)" : dryRun === "server" ? " (server dry run)" : "";
  return `${kindNameOf(resource)}/${name} ${operation}${suffix}\n`;
}

export type DryRun = "none" | "client" | "server";
