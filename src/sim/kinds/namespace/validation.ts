import type { FieldError } from "../../apiserver/status";
import type { Namespace } from "../types";

export const validateNamespace = (_object: Namespace): FieldError[] => [];
export const validateNamespaceUpdate = (_object: Namespace, _old: Namespace): FieldError[] => [];
