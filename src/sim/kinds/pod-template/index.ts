import type { KindDefinition } from "../../apiserver/kind";
import { deepEqual } from "../../kernel/freeze";
import { defaultPodTemplate } from "../pod/defaults";
import { validatePodTemplate } from "../pod/validation";
import { podSpecWarnings } from "../pod/warnings";
import { containerCells, formatLabels, NAME_COLUMN, shown } from "../printing";
import type { PodTemplate } from "../types";
import { validateMetadata, validateMetadataUpdate } from "../validation/metadata";
import { isDns1123Subdomain } from "../validation/names";

/** A template that stands for itself; no controller of Kubernetes' own reads it. */
export const podTemplate: KindDefinition<PodTemplate> = {
  group: "",
  version: "v1",
  kind: "PodTemplate",
  plural: "podtemplates",
  singular: "podtemplate",
  namespaced: true,
  setDefaults(draft: any) {
    draft.template ??= {};
    defaultPodTemplate(draft.template);
  },
  prepareForCreate(draft) {
    (draft.metadata as any).generation = 1;
  },
  prepareForUpdate(draft, old) {
    if (!deepEqual(draft.template, old.template))
      (draft.metadata as any).generation = Number(old.metadata.generation ?? 0) + 1;
  },
  validate: ({ metadata, template }) => [
    ...validateMetadata(metadata, true, isDns1123Subdomain),
    ...validatePodTemplate(template ?? {}, "template"),
  ],
  validateUpdate: ({ metadata }, old) => validateMetadataUpdate(metadata, old.metadata),
  warnings: ({ template }, old) =>
    template?.spec && !(old && deepEqual(template, old.template))
      ? podSpecWarnings(template.spec as any, "template.spec")
      : [],
  columns: [NAME_COLUMN, shown("Containers"), shown("Images"), shown("Pod Labels")],
  row: ({ metadata, template }) => [
    metadata.name,
    ...containerCells(template?.spec?.containers),
    formatLabels(template?.metadata?.labels as Record<string, string> | undefined),
  ],
};
