import type { FieldError } from "../../apiserver/status";
import type { Service } from "../types";

export const validateService = (_object: Service): FieldError[] => [];
export const validateServiceUpdate = (_object: Service, _old: Service): FieldError[] => [];
export const validateServiceStatusUpdate = (_object: Service, _old: Service): FieldError[] => [];
