import type { FieldError } from "../../apiserver/status";
import type { Node } from "../types";

export const validateNode = (_object: Node): FieldError[] => [];
export const validateNodeUpdate = (_object: Node, _old: Node): FieldError[] => [];
