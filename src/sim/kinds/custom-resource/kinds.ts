import { type KindDefinition, resourceName } from "../../apiserver/kind";
import { compareVersions } from "../../apiserver/priorities";
import type { FieldError } from "../../apiserver/status";
import { deepEqual } from "../../kernel/freeze";
import type { KubeObject } from "../../types";
import { invalid, NIL } from "../validation/field-error";
import { validateAnyMetadata, validateMetadataUpdate } from "../validation/metadata";
import { isDns1123Subdomain } from "../validation/names";
import { applyDefaults } from "./defaults";
import { type CustomResourceDefinition, type CustomResourceVersion, hasCondition } from "./definition-types";
import { finalizerWarnings } from "./finalizer-warnings";
import { findAll, parseJsonPath } from "./json-path";
import { customMergeType } from "./merge-type";
import { pruneUnknown } from "./prune";
import { type Dict, type JsonSchema, ROOT_FIELDS } from "./schema";
import { tableOfColumns, textOf } from "./table";
import { validateLists } from "./validation/lists";
import { validateSchema } from "./validation/open-api";
import { validateRules } from "./validation/rules";
import { validateScale } from "./validation/scale";

/** In the order in which discovery names them. */
const VERBS = ["delete", "deletecollection", "get", "list", "patch", "create", "update", "watch"];
/** Nothing new comes into a definition that is going. */
const TERMINATING_VERBS = ["delete", "deletecollection", "get", "list", "watch"];
const ANYTHING: JsonSchema = { type: "object", "x-kubernetes-preserve-unknown-fields": true };

/** The kinds that a CRD brings, one a version; those that are not served are there for the stored objects only. */
export interface CustomKinds {
  served: readonly KindDefinition[];
  hidden: readonly KindDefinition[];
}

const made = new WeakMap<object, CustomKinds>();
const NONE: CustomKinds = { served: [], hidden: [] };

export function customKinds(definition: CustomResourceDefinition): CustomKinds {
  if (!hasCondition(definition, "Established")) return NONE;
  let kinds = made.get(definition);
  if (!kinds) {
    const served: KindDefinition[] = [];
    const hidden: KindDefinition[] = [];
    for (const version of definition.spec.versions) {
      const kind = kindOf(definition, version);
      if (version.served) served.push(kind);
      else if (version.storage) hidden.push(kind);
    }
    kinds = { served, hidden };
    made.set(definition, kinds);
  }
  return kinds;
}

function kindOf(definition: CustomResourceDefinition, version: CustomResourceVersion): KindDefinition {
  const { group, scope } = definition.spec;
  const names = definition.status?.acceptedNames ?? definition.spec.names;
  const schema = version.schema?.openAPIV3Schema ?? ANYTHING;
  const { plural } = names;
  const scale = version.subresources?.scale;
  const hasStatus = version.subresources?.status !== undefined;
  const base: KindDefinition = {
    group,
    version: version.name,
    kind: names.kind,
    plural,
    singular: names.singular ?? names.kind.toLowerCase(),
    listKind: names.listKind ?? `${names.kind}List`,
    ...(names.shortNames?.length && { shortNames: [...names.shortNames] }),
    ...(names.categories?.length && { categories: [...names.categories] }),
    namespaced: scope === "Namespaced",
    verbs: hasCondition(definition, "Terminating") ? TERMINATING_VERBS : VERBS,
    hasStatus,
    structural: schema,
    mergeType: () => customMergeType(schema),
    ...(version.deprecated && { deprecation: deprecationOf(definition, version) }),
    ...tableOfColumns(version.additionalPrinterColumns),
    ...selectable(version),
    ...(scale && {
      scale: {
        specReplicasPath: scale.specReplicasPath,
        statusReplicasPath: scale.statusReplicasPath,
        selectorPath: scale.labelSelectorPath ?? "",
      },
    }),
    ...(!version.storage && {
      storedAs: {
        resource: resourceName({ group, plural }),
        toStored: (object) => object,
        fromStored: (object) => object,
        ownRules: true,
      },
    }),
  };
  return { ...base, ...rulesOf(base, schema) };
}

/** Complaints after which the rules would stumble over the object. */
const BLOCKING: ReadonlySet<FieldError["type"]> = new Set([
  "FieldValueRequired",
  "FieldValueNotSupported",
  "FieldValueTooLong",
  "FieldValueTooMany",
  "FieldValueTypeInvalid",
] as const);
const BLOCKED = invalid(
  "<nil>",
  NIL,
  "some validation rules were not checked because the object was invalid; correct the existing errors to complete validation",
);

const asDict = (object: KubeObject): Dict => object as unknown as Dict;

/** The schema says nothing of what every object has. */
const withoutRoots = ({ properties = {} }: JsonSchema): Readonly<Record<string, JsonSchema>> =>
  Object.fromEntries(Object.entries(properties).filter(([name]) => !ROOT_FIELDS.includes(name)));

/** Names the newest version that is served and better, where there is one. */
function deprecationOf(
  { spec }: CustomResourceDefinition,
  { name, deprecationWarning }: CustomResourceVersion,
): string {
  if (deprecationWarning !== undefined) return deprecationWarning;
  const text = `${spec.group}/${name} ${spec.names.kind} is deprecated`;
  const [better] = spec.versions
    .filter((version) => version.served && !version.deprecated && compareVersions(version.name, name) < 0)
    .map((version) => version.name)
    .sort(compareVersions);
  return better ? `${text}; use ${spec.group}/${better} ${spec.names.kind}` : text;
}

function selectable({ selectableFields }: CustomResourceVersion): Pick<KindDefinition, "selectableFields"> {
  if (!selectableFields?.length) return {};
  const paths = selectableFields.map(
    ({ jsonPath }) => [jsonPath.replace(/^\./, ""), parseJsonPath(jsonPath) ?? []] as const,
  );
  return {
    selectableFields: (object) =>
      Object.fromEntries(
        paths.map(([name, path]) => {
          const [value] = findAll(path, object);
          return [name, value === undefined || value === null ? "" : textOf(value)];
        }),
      ),
  };
}

/** What the strategy of a custom resource does around a write. */
function rulesOf(kind: KindDefinition, schema: JsonSchema): Partial<KindDefinition> {
  const fields: JsonSchema = { ...schema, properties: withoutRoots(schema) };
  const all = (object: KubeObject, old?: KubeObject) => [
    ...validateSchema(object, schema, old),
    ...validateScale(kind.scale, object),
  ];
  const late = (object: KubeObject, errors: FieldError[], old?: KubeObject) => {
    const lists = old && validateLists(old, schema).length > 0 ? [] : validateLists(object, schema);
    const found = [...errors, ...lists];
    if (found.some(({ type }) => BLOCKING.has(type))) return [...found, BLOCKED];
    return [...found, ...validateRules(asDict(object), schema, old && asDict(old))];
  };
  return {
    setDefaults(draft) {
      pruneUnknown(asDict(draft), schema);
      applyDefaults(draft, fields);
    },
    prepareForCreate(draft) {
      if (kind.hasStatus) delete draft.status;
      (draft.metadata as any).generation = 1;
    },
    prepareForUpdate(draft, old) {
      if (kind.hasStatus) {
        if (old.status !== undefined) draft.status = old.status;
        else delete draft.status;
      }
      const { metadata: _, apiVersion: _own, ...now } = draft;
      const { metadata: _old, apiVersion: _stored, ...before } = old;
      if (!deepEqual(now, before)) (draft.metadata as any).generation = Number(old.metadata.generation ?? 0) + 1;
    },
    prepareForStatusUpdate(draft) {
      pruneUnknown(asDict(draft), schema);
      applyDefaults(draft, fields);
    },
    validate: (object) => validateAnyMetadata(object.metadata, kind.namespaced, isDns1123Subdomain),
    validateCreate: (object) => late(object, all(object)),
    validateUpdate: (object, old) =>
      late(object, [...validateMetadataUpdate(object.metadata, old.metadata), ...all(object, old)], old),
    validateStatusUpdate(object, old) {
      const { status } = schema.properties ?? {};
      const errors =
        status && object.status !== undefined ? validateSchema(object.status, status, old.status, "status") : [];
      return late(object, [...errors, ...validateScale(kind.scale, object, false)], old);
    },
    warnings: finalizerWarnings,
  };
}
