import { base64Encode } from "@/posix/files/bytes";
import { basename, joinPath } from "@/posix/files/path";
import type { Call } from "../../command";
import { CliError } from "../../errors";
import { array, type FlagSpec, list } from "../../flags/spec";

/** Flags of ConfigMaps and Secrets that are made from files and literals. */
export const SOURCE_FLAGS: FlagSpec[] = [list("from-env-file"), list("from-file"), array("from-literal")];

export type Entries = Map<string, string>;

const KEY = /^[-._a-zA-Z0-9]+$/;
const KEY_RULE =
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";

/** Reads `--from-literal`, `--from-file` and `--from-env-file`. `duplicate` words what is said of a key that stands twice. */
export function readSources(call: Call, kind: "ConfigMap" | "Secret", name: string): Entries {
  const { flags } = call;
  const entries: Entries = new Map();
  const add = (key: string, value: string) => {
    if (key === "." || key === "..")
      throw new CliError(
        `${JSON.stringify(key)} is not ${kind === "Secret" ? "valid key name for a Secret" : "a valid key name for a ConfigMap"}: must not be '${key}'`,
      );
    if (!KEY.test(key))
      throw new CliError(
        `${JSON.stringify(key)} is not valid ${kind === "Secret" ? "key name for a Secret" : "a valid key name for a ConfigMap"}: ${KEY_RULE}`.replace(
          "is not valid a valid",
          "is not a valid",
        ),
      );
    if (entries.has(key)) {
      throw new CliError(
        kind === "Secret"
          ? `cannot add key ${key}, another key by that name already exists`
          : `cannot add key ${JSON.stringify(key)}, another key by that name already exists in Data for ConfigMap ${JSON.stringify(name)}`,
      );
    }
    entries.set(key, value);
  };
  for (const source of flags.list("from-file")) for (const [key, value] of fileEntries(call, source)) add(key, value);
  for (const literal of flags.has("from-literal") ? flags.list("from-literal") : []) {
    const equals = literal.indexOf("=");
    if (equals <= 0) throw new CliError(`invalid literal source ${literal}, expected key=value`);
    add(literal.slice(0, equals), literal.slice(equals + 1));
  }
  if (flags.has("from-env-file") && flags.list("from-env-file").length > 0) {
    if (flags.list("from-file").length > 0 || flags.list("from-literal").length > 0)
      throw new CliError("from-env-file cannot be combined with from-file or from-literal");
    for (const path of flags.list("from-env-file")) for (const [key, value] of envEntries(call, path)) add(key, value);
  }
  return entries;
}

export function fileEntries(call: Call, source: string): [string, string][] {
  const { session } = call;
  const parts = source.split("=");
  if (parts.length > 2) throw new CliError("key names or file paths cannot contain '='");
  const [key, file] = parts.length === 2 ? (parts as [string, string]) : ["", source];
  if (parts.length === 2 && key === "") throw new CliError(`key name for file path ${file} missing`);
  if (parts.length === 2 && file === "") throw new CliError(`file path for key name ${key} missing`);
  const path = session.path(file);
  const { files } = session.tool;
  const stat = files.stat(path);
  if (!stat) throw new CliError(`error reading ${file}: no such file or directory`);
  if (stat.type !== "directory") return [[key || basename(path), files.readFile(path)]];
  if (key) throw new CliError("cannot give a key name for a directory path");
  return files
    .readDirectory(path)
    .filter((entry) => files.stat(joinPath(path, entry))?.type === "file")
    .map((entry) => [entry, files.readFile(joinPath(path, entry))]);
}

function envEntries(call: Call, file: string): [string, string][] {
  const found: [string, string][] = [];
  const path = call.session.path(file);
  if (!call.session.tool.files.stat(path)) throw new CliError(`error reading ${file}: no such file or directory`);
  for (const line of call.session.tool.files.readFile(path).split("\n")) {
    const text = line.replace(/^\s+/, "").replace(/\r$/, "");
    if (text === "" || text.startsWith("#")) continue;
    const equals = text.indexOf("=");
    const key = equals < 0 ? text : text.slice(0, equals);
    if (!/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(key)) {
      throw new CliError(
        `${JSON.stringify(key)} is not a valid key name: a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is '[-._a-zA-Z][-._a-zA-Z0-9]*')`,
      );
    }
    found.push([key, equals < 0 ? (call.session.tool.env[key] ?? "") : text.slice(equals + 1)]);
  }
  return found;
}

/** Bytes that are no UTF-8 are carried as lone surrogates: such a value is binary data. */
export const isBinary = (value: string): boolean =>
  /[\udc80-\udcff]/.test(value.replace(/[\ud800-\udbff][\udc00-\udfff]/g, ""));

export const encoded = (entries: Entries): Record<string, string> =>
  Object.fromEntries([...entries].map(([key, value]) => [key, base64Encode(value)]));
