import type { FieldError } from "../../apiserver/status";
import type { Pod } from "../types";

export const validatePod = (_object: Pod): FieldError[] => [];
export const validatePodUpdate = (_object: Pod, _old: Pod): FieldError[] => [];
export const validatePodStatusUpdate = (_object: Pod, _old: Pod): FieldError[] => [];
