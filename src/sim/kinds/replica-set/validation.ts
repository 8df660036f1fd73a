import type { FieldError } from "../../apiserver/status";
import type { ReplicaSet } from "../types";

export const validateReplicaSet = (_object: ReplicaSet): FieldError[] => [];
export const validateReplicaSetUpdate = (_object: ReplicaSet, _old: ReplicaSet): FieldError[] => [];
export const validateReplicaSetStatusUpdate = (_object: ReplicaSet, _old: ReplicaSet): FieldError[] => [];
