import type { FieldError } from "../../apiserver/status";
import type { ReplicationController } from "../types";

export const validateReplicationController = (_object: ReplicationController): FieldError[] => [];
export const validateReplicationControllerUpdate = (_object: ReplicationController, _old: ReplicationController): FieldError[] => [];
export const validateReplicationControllerStatusUpdate = (_object: ReplicationController, _old: ReplicationController): FieldError[] => [];
