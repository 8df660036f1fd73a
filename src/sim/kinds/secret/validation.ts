import type { FieldError } from "../../apiserver/status";
import type { Secret } from "../types";

export const validateSecret = (_object: Secret): FieldError[] => [];
export const validateSecretUpdate = (_object: Secret, _old: Secret): FieldError[] => [];
