import { joinPath } from "@/posix/files/path";
import { applyJsonPatch, applyMergePatch } from "@/sim/apiserver/patch/json";
import { mergeSchemaOf } from "@/sim/apiserver/patch/merge-schema";
import { applyStrategicMerge } from "@/sim/apiserver/patch/strategic";
import { CliError } from "../errors";
import { parseYaml, parseYamlDocuments } from "../resource/yaml";
import type { Session } from "../session";
import type { Kustomization, PatchRule, Selector } from "./kustomization";
import { type Built, idOf } from "./resource";

/** Patches that merge come before names change, those of JSON 6902 after them. */
export function applyPatches(session: Session, folder: string, file: Kustomization, resources: Built[]): void {
  for (const entry of file.patchesStrategicMerge ?? []) {
    const text = entry.includes("\n") ? entry : readPatch(session, folder, entry);
    for (const patch of parseYamlDocuments(text)) merge(resources, patch, undefined);
  }
  for (const rule of file.patches ?? []) applyPatch(session, folder, rule, resources);
}

export function applyPatch(session: Session, folder: string, rule: PatchRule, resources: Built[]): void {
  const text = rule.patch ?? readPatch(session, folder, rule.path ?? "");
  const parsed: any = parseYaml(text.trimStart().startsWith("---") ? text.trimStart().slice(3) : text);
  if (!Array.isArray(parsed)) {
    for (const patch of parseYamlDocuments(text)) merge(resources, patch, rule);
    return;
  }
  if (!rule.target) throw new CliError("must specify a target for JSON patch");
  for (const built of resources.filter((each) => selects(rule.target!, each))) {
    const renamed = applyJsonPatch(built.object, parsed) as any;
    if (!rule.options?.allowNameChange) renamed.metadata.name = built.object.metadata.name;
    built.object = renamed;
  }
}

function readPatch(session: Session, folder: string, path: string): string {
  const full = joinPath(folder, path);
  if (session.tool.files.stat(full)?.type !== "file")
    throw new CliError(
      `trouble configuring builtin PatchTransformer with config: \`\npath: ${path}\n\`: failed to get the patch file from path(${path}): evalsymlink failure on '${full}' : lstat ${full}: no such file or directory`,
    );
  return session.tool.files.readFile(full);
}

function merge(resources: Built[], patch: any, rule: PatchRule | undefined): void {
  const found = rule?.target
    ? resources.filter((each) => selects(rule.target!, each))
    : resources.filter((each) => isMeant(each, patch));
  if (!rule?.target && found.length === 0)
    throw new CliError(
      `no resource matches strategic merge patch ${JSON.stringify(idOf(patch))}: no matches for Id ${idOf(patch)}; failed to find unique target for patch ${idOf(patch)}`,
    );
  for (const built of found) {
    if (patch.$patch === "delete") {
      resources.splice(resources.indexOf(built), 1);
      continue;
    }
    const { apiVersion, kind, metadata } = built.object;
    const grouped = !apiVersion.includes(".") || apiVersion.split("/")[0].endsWith(".k8s.io");
    const merged: any = grouped
      ? applyStrategicMerge(built.object, patch, mergeSchemaOf(kind))
      : applyMergePatch(built.object, patch);
    // The patch's own name only says what is meant, or a stand-in that a target replaces.
    built.object = {
      ...merged,
      apiVersion,
      ...(!rule?.options?.allowKindChange && { kind }),
      metadata: {
        ...merged.metadata,
        ...(!rule?.options?.allowNameChange && { name: metadata.name }),
        ...(metadata.namespace && { namespace: metadata.namespace }),
      },
    };
  }
}

const isMeant = ({ object, earlierNames }: Built, patch: any): boolean =>
  object.kind === patch.kind &&
  object.apiVersion === patch.apiVersion &&
  (object.metadata.name === patch.metadata?.name || earlierNames.includes(patch.metadata?.name)) &&
  (patch.metadata?.namespace === undefined || object.metadata.namespace === patch.metadata.namespace);

/** Names and kinds of a target are anchored regular expressions. */
function selects(target: Selector, { object, earlierNames }: Built): boolean {
  const matches = (pattern: string | undefined, values: string[]) =>
    pattern === undefined || pattern === "" || values.some((value) => new RegExp(`^(?:${pattern})$`).test(value));
  const [group, version] = object.apiVersion.includes("/") ? object.apiVersion.split("/") : ["", object.apiVersion];
  return (
    matches(target.group, [group]) &&
    matches(target.version, [version]) &&
    matches(target.kind, [object.kind]) &&
    matches(target.name, [object.metadata.name, ...earlierNames]) &&
    matches(target.namespace, [object.metadata.namespace ?? "default"]) &&
    hasAll(target.labelSelector, object.metadata.labels) &&
    hasAll(target.annotationSelector, object.metadata.annotations)
  );
}

/** `a=b,c!=d,e`: the selectors of equality and existence. */
function hasAll(selector: string | undefined, values: Record<string, string> = {}): boolean {
  return (selector ?? "")
    .split(",")
    .filter((term) => term.trim() !== "")
    .every((term) => {
      const [, key, operator, value] = /^\s*(!?[^=!\s]+)\s*(==|=|!=)?\s*(.*?)\s*$/.exec(term) ?? [];
      if (operator === "!=") return values[key!] !== value;
      if (operator) return values[key!] === value;
      return key!.startsWith("!") ? values[key!.slice(1)] === undefined : values[key!] !== undefined;
    });
}
