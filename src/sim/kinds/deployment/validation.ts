import type { FieldError } from "../../apiserver/status";
import type { Deployment } from "../types";

export const validateDeployment = (_object: Deployment): FieldError[] => [];
export const validateDeploymentUpdate = (_object: Deployment, _old: Deployment): FieldError[] => [];
export const validateDeploymentStatusUpdate = (_object: Deployment, _old: Deployment): FieldError[] => [];
