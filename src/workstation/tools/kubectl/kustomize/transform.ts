import { ANNOTATIONS, FIXED_NAMES, type FieldRule, IMAGES, REPLICAS, SELECTORS, TEMPLATE_LABELS } from "./fields";
import type { Kustomization, LabelRule } from "./kustomization";
import { type Built, isClusterScoped, visitPath } from "./resource";

/** What a kustomization does to each of its resources after the patches, in kustomize's order. */
export function transform(resources: readonly Built[], file: Kustomization): void {
  for (const built of resources) {
    if (file.namespace) setNamespace(built.object, file.namespace);
    rename(built, file.namePrefix ?? "", file.nameSuffix ?? "");
    for (const rule of labelRules(file)) setLabels(built.object, rule);
    if (file.commonAnnotations) setAnnotations(built.object, file.commonAnnotations);
  }
}

/** Replicas and images come last, so that patches cannot undo them. */
export function transformCounts(resources: readonly Built[], file: Kustomization): void {
  for (const { object, earlierNames } of resources) {
    for (const { name, count } of file.replicas ?? [])
      if (object.metadata.name === name || earlierNames.includes(name))
        each(object, REPLICAS, (holder, key) => {
          holder[key] = count;
        });
    for (const image of file.images ?? [])
      each(object, IMAGES, (holder, key) => {
        if (typeof holder[key] === "string") holder[key] = newImage(holder[key], image);
      });
  }
}

function each(object: any, rules: readonly FieldRule[], visit: (holder: any, key: string) => void): void {
  for (const { kinds, path, create } of rules) if (kinds.includes(object.kind)) visitPath(object, path, create, visit);
}

function setNamespace(object: any, namespace: string): void {
  if (object.kind === "Namespace") object.metadata.name = namespace;
  if (!isClusterScoped(object.kind)) object.metadata.namespace = namespace;
  if (/^(Cluster)?RoleBinding$/.test(object.kind))
    for (const subject of object.subjects ?? [])
      if (subject.kind === "ServiceAccount" && subject.name === "default") subject.namespace = namespace;
}

function rename(built: Built, prefix: string, suffix: string): void {
  const { object } = built;
  if (FIXED_NAMES.has(object.kind)) return;
  const { name } = object.metadata;
  if (!built.earlierNames.includes(name)) built.earlierNames.push(name);
  object.metadata.name = `${prefix}${name}${suffix}`;
}

const labelRules = (file: Kustomization): LabelRule[] => [
  ...(file.labels ?? []),
  ...(file.commonLabels ? [{ pairs: file.commonLabels, includeSelectors: true }] : []),
];

function setLabels(object: any, { pairs, includeSelectors, includeTemplates }: LabelRule): void {
  object.metadata.labels = { ...object.metadata.labels, ...pairs };
  const rules = [
    ...(includeSelectors ? SELECTORS : []),
    ...(includeSelectors || includeTemplates ? TEMPLATE_LABELS : []),
  ];
  each(object, rules, (holder, key) => {
    holder[key] = { ...holder[key], ...pairs };
  });
}

function setAnnotations(object: any, pairs: Record<string, string>): void {
  object.metadata.annotations = { ...object.metadata.annotations, ...pairs };
  each(object, ANNOTATIONS, (holder, key) => {
    holder[key] = { ...holder[key], ...pairs };
  });
}

/** `registry:5000/app:1.2@sha256:…` in its parts. */
function newImage(image: string, rule: NonNullable<Kustomization["images"]>[number]): string {
  const at = image.indexOf("@");
  const named = at < 0 ? image : image.slice(0, at);
  const colon = named.indexOf(":", named.lastIndexOf("/") + 1);
  const name = colon < 0 ? named : named.slice(0, colon);
  if (name !== rule.name) return image;
  const tag = colon < 0 ? "" : named.slice(colon);
  const digest = at < 0 ? "" : image.slice(at);
  const version = rule.digest
    ? `${rule.newTag ? `:${rule.newTag}` : ""}@${rule.digest}`
    : rule.newTag
      ? `:${rule.newTag}`
      : `${tag}${digest}`;
  return `${rule.newName || name}${version}${rule.tagSuffix ?? ""}`;
}
