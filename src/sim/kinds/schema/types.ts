/**
 * Types of fields, as short texts, so that thousands of them cost little:
 * `string`, `bool`, `int32`, `int64`, `number`, `time`, `microtime`, `quantity`, `intstr`, `bytes`, `any`,
 * the key of another schema (`v1/Container`), `[]` of a type, or `{}` of a type for a map with text keys.
 */
export type FieldType = string;

export interface Schema {
  /** In alphabetical order. */
  fields: Record<string, FieldType>;
  required?: string[];
  enums?: Record<string, string[]>;
}

export interface Schemas {
  /** By key: `v1/Pod`, `apps/v1/DeploymentSpec`, `meta/v1/ObjectMeta`. */
  types: Record<string, Schema>;
  /** Key of a kind's schema by its apiVersion and kind: `apps/v1/Deployment`. */
  kinds: Record<string, string>;
}

/** Descriptions of a type (under "") and of its fields, by the key of the type. */
export type Descriptions = Record<string, Record<string, string>>;
