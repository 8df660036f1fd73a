import type { FieldError } from "../../apiserver/status";
import type { ObjectMeta } from "../../types";

export function validateMetadata(_metadata: ObjectMeta, _namespaced: boolean, _name: (v: string) => string[]): FieldError[] {
  return [];
}
export const validateMetadataUpdate = (_a: ObjectMeta, _b: ObjectMeta): FieldError[] => [];
