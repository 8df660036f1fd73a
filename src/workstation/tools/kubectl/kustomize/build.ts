import { normalise } from "@/posix/files/path";
import { CliError } from "../errors";
import { parseYamlDocuments } from "../resource/yaml";
import type { Session } from "../session";
import { hashSuffix } from "../verbs/create/hash";
import { FIRST_KINDS, LAST_KINDS } from "./fields";
import { generate } from "./generators";
import { type Kustomization, readKustomization } from "./kustomization";
import { applyPatch, applyPatches } from "./patches";
import { followNames } from "./references";
import { type Built, idOf } from "./resource";
import { transform, transformCounts } from "./transform";

/** Folders below folders; a circle ends sooner with its own words. */
const DEPTH_LIMIT = 32;
const RESOURCES_LIMIT = 5_000;

/** The objects of a kustomization, for `kubectl kustomize` and `-k`. The hash behind a generated name is that of its content alone. */
export function buildKustomization(session: Session, name: string, anywhere = false): any[] {
  if (/^(https?|git|ssh):/.test(name) || /^github\.com\//.test(name))
    throw new CliError(`hit 27s timeout running '/usr/bin/git fetch --depth=1 ${name} HEAD'`);
  const folder = session.path(name);
  const { files } = session.tool;
  const stat = files.stat(folder);
  if (!stat)
    throw new CliError(
      `must build at directory: not a valid directory: evalsymlink failure on '${name}' : lstat ${folder}: no such file or directory`,
    );
  if (stat.type !== "directory") throw new CliError(`must build at directory: '${name}': file is not directory`);
  const built = buildFolder({ session, anywhere }, folder, []);
  for (const each of built) {
    if (!each.hashed) continue;
    const { metadata } = each.object;
    const suffix = hashSuffix({ ...each.object, metadata: { name: "" } }).metadata.name;
    each.earlierNames.push(metadata.name);
    metadata.name += suffix;
  }
  followNames(built);
  return inLegacyOrder(built.map(({ object }) => object));
}

/** What others need comes first. */
function inLegacyOrder(objects: readonly any[]): any[] {
  const rank = ({ kind }: any) => {
    const first = FIRST_KINDS.indexOf(kind);
    const last = LAST_KINDS.indexOf(kind);
    return first >= 0 ? first - FIRST_KINDS.length : last >= 0 ? last + 1 : 0;
  };
  const text = (object: any) => {
    const [group, version] = object.apiVersion.includes("/") ? object.apiVersion.split("/") : ["", object.apiVersion];
    return `${object.kind}_${version}_${group}|${object.metadata.namespace ?? ""}|${object.metadata.name}`;
  };
  return [...objects].sort((a, b) => rank(a) - rank(b) || (text(a) < text(b) ? -1 : 1));
}

interface Build {
  session: Session;
  /** Files may lie outside of their kustomization's folder (`--load-restrictor LoadRestrictionsNone`). */
  anywhere: boolean;
}

function buildFolder(build: Build, folder: string, above: readonly string[]): Built[] {
  if (above.includes(folder))
    throw new CliError(
      `cycle detected: candidate root '${folder}' contains visited root '${above[above.indexOf(folder)]}'`,
    );
  if (above.length >= DEPTH_LIMIT) throw new CliError(`too many levels of kustomizations in ${above[0]}`);
  const { session } = build;
  const file = readKustomization(session, folder);
  const resources: Built[] = [];
  for (const entry of [...(file.bases ?? []), ...(file.resources ?? [])])
    for (const built of load(build, folder, entry, above)) add(resources, built, entry, folder);
  shape(session, folder, file, resources);
  for (const entry of file.components ?? []) applyComponent(build, folder, entry, resources);
  change(session, folder, file, resources);
  return resources;
}

function shape(session: Session, folder: string, file: Kustomization, resources: Built[]): void {
  generate(session, folder, file, resources);
}

function change(session: Session, folder: string, file: Kustomization, resources: Built[]): void {
  applyPatches(session, folder, file, resources);
  transform(resources, file);
  for (const rule of file.patchesJson6902 ?? []) applyPatch(session, folder, rule, resources);
  transformCounts(resources, file);
  followNames(resources);
}

/** A component works on the resources of whoever names it. */
function applyComponent(build: Build, folder: string, entry: string, resources: Built[]): void {
  const own = normalise(`${folder}/${entry}`);
  const { session } = build;
  const file = readKustomization(session, own);
  for (const resource of file.resources ?? [])
    for (const built of load(build, own, resource, [folder])) add(resources, built, resource, own);
  shape(session, own, file, resources);
  change(session, own, file, resources);
}

function load(build: Build, folder: string, entry: string, above: readonly string[]): Built[] {
  const { files } = build.session.tool;
  const path = normalise(entry.startsWith("/") ? entry : `${folder}/${entry}`);
  const stat = files.stat(path);
  if (!stat) {
    const missing = `evalsymlink failure on '${path}' : lstat ${path}: no such file or directory`;
    throw new CliError(
      `accumulating resources: accumulation err='accumulating resources from '${entry}': ${missing}': must build at directory: not a valid directory: ${missing}`,
    );
  }
  if (stat.type === "directory") {
    try {
      return buildFolder(build, path, [...above, folder]);
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      const recursed = error.message.startsWith("cycle detected") ? "" : `recursed accumulation of path '${path}': `;
      throw new CliError(
        `accumulating resources: accumulation err='accumulating resources from '${entry}': '${path}' must resolve to a file': ${recursed}${error.message}`,
      );
    }
  }
  if (!build.anywhere && !path.startsWith(`${folder}/`))
    throw new CliError(
      `accumulating resources: accumulation err='accumulating resources from '${entry}': security; file '${path}' is not in or below '${folder}'': must build at directory: '${path}': file is not directory`,
    );
  return documents(files.readFile(path), entry, path).map((object) => ({ object, earlierNames: [] }));
}

function documents(text: string, entry: string, path: string): any[] {
  const refuse = (problem: string) =>
    new CliError(
      `accumulating resources: accumulation err='accumulating resources from '${entry}': ${problem}': must build at directory: '${path}': file is not directory`,
    );
  let found: unknown[];
  try {
    found = parseYamlDocuments(text);
  } catch (error) {
    const problem = (error as Error).message.replace(/^yaml: /, "");
    throw new CliError(
      `accumulating resources: accumulating resources from '${entry}': MalformedYAMLError: yaml: ${problem} in File: ${entry}`,
    );
  }
  const objects = found.flatMap((value: any) =>
    value?.kind?.endsWith?.("List") && Array.isArray(value.items) ? value.items : [value],
  );
  for (const object of objects) {
    const lacks = !object?.kind ? "kind" : !object.metadata?.name ? "metadata.name" : undefined;
    const gvk = `${object?.apiVersion ?? ""} ${object?.kind ?? ""}`;
    if (lacks) throw refuse(`missing ${lacks} in object {{${gvk}} {{${object?.metadata?.name ?? ""} } map[] map[]}}`);
  }
  return objects;
}

function add(resources: Built[], built: Built, entry: string, folder: string): void {
  const id = idOf(built.object);
  if (resources.some(({ object }) => idOf(object) === id)) {
    const path = normalise(`${folder}/${entry}`);
    throw new CliError(
      `accumulating resources: accumulation err='merging resources from '${entry}': may not add resource with an already registered id: ${id}': must build at directory: '${path}': file is not directory`,
    );
  }
  if (resources.length >= RESOURCES_LIMIT) throw new CliError(`too many resources in ${folder}`);
  resources.push(built);
}
