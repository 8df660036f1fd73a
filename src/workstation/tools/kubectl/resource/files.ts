import { basename, joinPath } from "@/posix/files/path";
import { CliError, PlainExit } from "../errors";
import type { FlagValues } from "../flags/parse";
import { buildKustomization } from "../kustomize/build";
import { compactJson } from "../printers/json";
import type { Session } from "../session";
import { type Info, infoOf } from "./info";
import { parseYaml, splitDocuments } from "./yaml";

const EXTENSIONS = [".json", ".yaml", ".yml"];
/** Objects of one `-f`, all files and lists together. */
const OBJECTS_LIMIT = 5_000;
const DEPTH_LIMIT = 32;

export interface FileOptions {
  /** Objects whose kind the server does not know are an error. Default: true. */
  validate?: string;
}

export interface LoadedFiles {
  infos: Info[];
  errors: Error[];
}

/** Loads the objects of `-f`, in order. What cannot be read stops all; what cannot be decoded stops its own file. */
export async function loadFiles(session: Session, flags: FlagValues, options: FileOptions = {}): Promise<LoadedFiles> {
  if (flags.has("kustomize") && flags.text("kustomize") && flags.list("filename").length > 0)
    throw new CliError("only one of -f or -k can be specified");
  const sources: { name: string; text: string }[] = [];
  for (const name of flags.list("filename"))
    sources.push(...(await readSource(session, name, flags.bool("recursive"))));
  const loaded: LoadedFiles = { infos: [], errors: [] };
  if (flags.has("kustomize") && flags.text("kustomize"))
    for (const object of buildKustomization(session, flags.text("kustomize")))
      await addObject(session, object, flags.text("kustomize"), options, loaded);
  for (const source of sources) {
    try {
      await decodeSource(session, source, options, loaded);
    } catch (error) {
      loaded.errors.push(error as Error);
    }
  }
  return loaded;
}

/** The objects of a text, as if it were a file of this name. */
export async function decodeText(session: Session, text: string, name: string): Promise<LoadedFiles> {
  const loaded: LoadedFiles = { infos: [], errors: [] };
  try {
    await decodeSource(session, { name, text }, {}, loaded);
  } catch (error) {
    loaded.errors.push(error as Error);
  }
  return loaded;
}

async function readSource(
  session: Session,
  name: string,
  recursive: boolean,
): Promise<{ name: string; text: string }[]> {
  if (name === "-") return [{ name: "STDIN", text: await session.stdin() }];
  if (/^https?:\/\//.test(name)) {
    const host = name
      .replace(/^https?:\/\//, "")
      .split("/")[0]!
      .split(":")[0];
    throw new PlainExit(`Unable to connect to the server: dial tcp: lookup ${host} on 192.168.49.1:53: no such host`);
  }
  const path = session.path(name);
  const { files } = session.tool;
  const stat = files.stat(path);
  if (!stat) throw new CliError(`the path ${JSON.stringify(name)} does not exist`);
  if (stat.type !== "directory") return [{ name, text: files.readFile(path) }];
  const found = filesBelow(session, name, path, recursive, 0).map(([shown, real]) => ({
    name: shown,
    text: files.readFile(real),
  }));
  if (found.length === 0)
    throw new CliError(`error reading [${name}]: recognized file extensions are [${EXTENSIONS.join(" ")}]`);
  return found;
}

function filesBelow(
  session: Session,
  shown: string,
  path: string,
  recursive: boolean,
  depth: number,
): [string, string][] {
  const { files } = session.tool;
  const found: [string, string][] = [];
  for (const entry of files.readDirectory(path)) {
    const inner = joinPath(path, entry);
    const label = `${shown.replace(/\/$/, "")}/${entry}`;
    if (files.stat(inner)?.type === "directory") {
      if (recursive && depth < DEPTH_LIMIT) found.push(...filesBelow(session, label, inner, true, depth + 1));
    } else if (EXTENSIONS.some((extension) => basename(entry).endsWith(extension))) found.push([label, inner]);
  }
  return found;
}

async function decodeSource(
  session: Session,
  { name, text }: { name: string; text: string },
  options: FileOptions,
  loaded: LoadedFiles,
): Promise<void> {
  for (const document of splitDocuments(text)) {
    const value = decode(document, name);
    if (value === null || value === undefined) continue;
    await addObject(session, value, name, options, loaded);
  }
}

function decode(document: string, name: string): unknown {
  if (/^\s*\{/.test(document)) {
    try {
      return JSON.parse(document);
    } catch {
      // Flow-style YAML starts with a brace too.
    }
  }
  try {
    return parseYaml(document);
  } catch (error) {
    if (/^\s*\{/.test(document) && /did not find expected/.test((error as Error).message))
      throw new CliError(`error parsing ${name}: unexpected EOF`);
    throw new CliError(`error parsing ${name}: error converting YAML to JSON: ${(error as Error).message}`);
  }
}

async function addObject(
  session: Session,
  value: unknown,
  source: string,
  options: FileOptions,
  loaded: LoadedFiles,
): Promise<void> {
  if (typeof value !== "object" || Array.isArray(value)) {
    const type = Array.isArray(value)
      ? "array"
      : typeof value === "string"
        ? "string"
        : typeof value === "boolean"
          ? "bool"
          : "number";
    throw new CliError(
      options.validate
        ? invalidData(source, "invalid object to validate")
        : `unable to decode ${JSON.stringify(source)}: json: cannot unmarshal ${type} into Go value of type unstructured.detector`,
    );
  }
  const object = value as any;
  const missing = [...(object.apiVersion ? [] : ["apiVersion not set"]), ...(object.kind ? [] : ["kind not set"])];
  if (missing.length > 0) {
    if (options.validate)
      throw new CliError(invalidData(source, missing.length > 1 ? `[${missing.join(", ")}]` : missing[0]!));
    const lacks = object.kind ? "apiVersion" : "Kind";
    // Such a document is passed over; those behind it are still read.
    loaded.errors.push(
      new CliError(
        `unable to decode ${JSON.stringify(source)}: Object '${lacks}' is missing in '${compactJson(object)}'`,
      ),
    );
    return;
  }
  if (object.kind.endsWith("List") && Array.isArray(object.items)) {
    for (const item of object.items) await addObject(session, item, source, options, loaded);
    return;
  }
  const problem = metadataProblem(object);
  if (problem) {
    loaded.errors.push(new CliError(`unable to decode ${JSON.stringify(source)}: ${problem}`));
    return;
  }
  if (loaded.infos.length >= OBJECTS_LIMIT) throw new CliError(`too many objects in ${source}`);
  const resource = await session.discovery.forKind(object.apiVersion, object.kind);
  if (!resource) {
    loaded.errors.push(
      new CliError(
        `resource mapping not found for name: ${JSON.stringify(object.metadata?.name ?? "")} namespace: ${JSON.stringify(object.metadata?.namespace ?? "")} from ${JSON.stringify(source)}: no matches for kind ${JSON.stringify(object.kind)} in version ${JSON.stringify(object.apiVersion)}\nensure CRDs are installed first`,
      ),
    );
    return;
  }
  loaded.infos.push(placed(session, infoOf(resource, object, source)));
}

const invalidData = (source: string, problem: string) =>
  `error validating ${JSON.stringify(source)}: error validating data: ${problem}; if you choose to ignore these errors, turn validation off with --validate=false`;

/** Labels and annotations are read before anything is sent: a value that is no text ends the document there. */
function metadataProblem(object: any): string | undefined {
  for (const field of ["labels", "annotations"]) {
    for (const value of Object.values(object.metadata?.[field] ?? {})) {
      if (typeof value === "string" || value === null) continue;
      const type = typeof value === "boolean" ? "bool" : Array.isArray(value) ? "array" : typeof value;
      return `json: cannot unmarshal ${type} into Go struct field ObjectMeta.metadata.${field} of type string`;
    }
  }
  return undefined;
}

/** Puts the namespace in force onto an object without one; refuses one in another namespace than `-n` names. */
export function placed(session: Session, info: Info): Info {
  if (!info.resource.namespaced) return info;
  if (info.namespace) {
    if (session.namespaceEnforced && info.namespace !== session.namespace) {
      throw new CliError(
        `the namespace from the provided object ${JSON.stringify(info.namespace)} does not match the namespace ${JSON.stringify(session.namespace)}. You must pass '--namespace=${info.namespace}' to perform this operation.`,
      );
    }
    return info;
  }
  const { namespace } = session;
  return { ...info, namespace, object: { ...info.object, metadata: { ...info.object.metadata, namespace } } };
}
