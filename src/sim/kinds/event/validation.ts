import type { FieldError } from "../../apiserver/status";

export const validateEvent = (_object: any): FieldError[] => [];
