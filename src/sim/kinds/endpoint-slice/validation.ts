import type { FieldError } from "../../apiserver/status";
import type { EndpointSlice } from "../types";

export const validateEndpointSlice = (_object: EndpointSlice): FieldError[] => [];
export const validateEndpointSliceUpdate = (_object: EndpointSlice, _old: EndpointSlice): FieldError[] => [];
