import { joinPath } from "@/posix/files/path";
import { CliError } from "../errors";
import { parseYaml } from "../resource/yaml";
import type { Session } from "../session";

export const FILE_NAMES = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

export interface Selector {
  group?: string;
  version?: string;
  kind?: string;
  name?: string;
  namespace?: string;
  labelSelector?: string;
  annotationSelector?: string;
}

export interface LabelRule {
  pairs: Record<string, string>;
  includeSelectors?: boolean;
  includeTemplates?: boolean;
}

export interface GeneratorOptions {
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  disableNameSuffixHash?: boolean;
  immutable?: boolean;
}

export interface GeneratorArgs {
  name: string;
  namespace?: string;
  type?: string;
  behavior?: "create" | "merge" | "replace";
  files?: string[];
  literals?: string[];
  envs?: string[];
  env?: string;
  options?: GeneratorOptions;
}

export interface PatchRule {
  path?: string;
  patch?: string;
  target?: Selector;
  options?: { allowNameChange?: boolean; allowKindChange?: boolean };
}

/** The fields of a kustomization.yaml that are followed. */
export interface Kustomization {
  resources?: string[];
  bases?: string[];
  components?: string[];
  namespace?: string;
  namePrefix?: string;
  nameSuffix?: string;
  commonLabels?: Record<string, string>;
  labels?: LabelRule[];
  commonAnnotations?: Record<string, string>;
  images?: { name: string; newName?: string; newTag?: string; digest?: string; tagSuffix?: string }[];
  replicas?: { name: string; count: number }[];
  configMapGenerator?: GeneratorArgs[];
  secretGenerator?: GeneratorArgs[];
  generatorOptions?: GeneratorOptions;
  patches?: PatchRule[];
  patchesStrategicMerge?: string[];
  patchesJson6902?: PatchRule[];
}

const FOLLOWED = new Set([
  "apiVersion",
  "kind",
  "metadata",
  "resources",
  "bases",
  "components",
  "namespace",
  "namePrefix",
  "nameSuffix",
  "commonLabels",
  "labels",
  "commonAnnotations",
  "images",
  "replicas",
  "configMapGenerator",
  "secretGenerator",
  "generatorOptions",
  "patches",
  "patchesStrategicMerge",
  "patchesJson6902",
]);

/** Fields that the real one has as well; what they do needs programs or charts that a learner's machine has not. */
const NOT_HERE = new Set([
  "buildMetadata",
  "configurations",
  "crds",
  "generators",
  "helmCharts",
  "helmChartInflationGenerator",
  "helmGlobals",
  "openapi",
  "replacements",
  "sortOptions",
  "transformers",
  "validators",
  "vars",
]);

/** Reads the kustomization of a folder. */
export function readKustomization(session: Session, folder: string): Kustomization {
  const { files } = session.tool;
  const found = FILE_NAMES.filter((name) => files.stat(joinPath(folder, name))?.type === "file");
  if (found.length === 0)
    throw new CliError(
      `unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '${folder}'`,
    );
  if (found.length > 1) throw new CliError(`Found multiple kustomization files: ${folder}\n`);
  const path = joinPath(folder, found[0]!);
  const text = files.readFile(path);
  if (text.trim() === "") throw new CliError("kustomization.yaml is empty");
  let value: any;
  try {
    value = parseYaml(text);
  } catch (error) {
    throw new CliError(`invalid Kustomization: ${(error as Error).message}`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value) || Object.keys(value).length === 0)
    throw new CliError("kustomization.yaml is empty");
  for (const field of Object.keys(value)) {
    if (NOT_HERE.has(field)) throw new CliError(`the field ${field} of ${path} is not supported on this machine`);
    if (!FOLLOWED.has(field)) throw new CliError(`invalid Kustomization: json: unknown field ${JSON.stringify(field)}`);
  }
  if (value.commonLabels)
    session.err(
      "# Warning: 'commonLabels' is deprecated. Please use 'labels' instead. Run 'kustomize edit fix' to update your Kustomization automatically.\n",
    );
  for (const [old, now] of Object.entries({
    bases: "resources",
    patchesJson6902: "patches",
    patchesStrategicMerge: "patches",
  }))
    if (value[old])
      session.err(
        `# Warning: '${old}' is deprecated. Please use '${now}' instead. Run 'kustomize edit fix' to update your Kustomization automatically.\n`,
      );
  return value;
}
