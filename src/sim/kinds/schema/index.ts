export { cannotBeHandled, decodeError, strictDecodingError } from "./decode";
export { describeField, elementType, type FoundField, findField, schemaKey, schemaOf, typeName } from "./lookup";
export { decodeNulls } from "./nulls";
export type { FieldType, Schema } from "./types";
export { unknownFields } from "./unknown-fields";
