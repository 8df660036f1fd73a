import type { FieldError } from "../../apiserver/status";
import type { ConfigMap } from "../types";

export const validateConfigMap = (_object: ConfigMap): FieldError[] => [];
export const validateConfigMapUpdate = (_object: ConfigMap, _old: ConfigMap): FieldError[] => [];
