import type { FieldError } from "../../apiserver/status";
import type { Endpoints } from "../types";

export const validateEndpoints = (_object: Endpoints): FieldError[] => [];
export const validateEndpointsUpdate = (_object: Endpoints, _old: Endpoints): FieldError[] => [];
