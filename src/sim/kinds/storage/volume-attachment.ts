import type { KindDefinition } from "../../apiserver/kind";
import type { FieldError } from "../../apiserver/status";
import { deepEqual } from "../../kernel/freeze";
import { validateInlineVolumeSpec } from "../persistent-volume/validation";
import { MAX_INT32 } from "../pod/validation/spec";
import { validateCsiDriver } from "../pod/validation/volume-sources";
import { AGE_COLUMN, age, NAME_COLUMN, shown } from "../printing";
import type { VolumeAttachment } from "../types";
import { forbidden, immutable, invalid, required, tooLong } from "../validation/field-error";
import { validateMetadata, validateMetadataUpdate } from "../validation/metadata";
import { inclusiveRange, isDns1123Subdomain } from "../validation/names";

const MAX_MESSAGE_BYTES = 256 * 1024;
const ONE_SOURCE = "must specify exactly one of inlineVolumeSpec and persistentVolumeName";

/** The wish that a volume be attached to a node; its driver tells when it is. */
export const volumeAttachment: KindDefinition<VolumeAttachment> = {
  group: "storage.k8s.io",
  version: "v1",
  kind: "VolumeAttachment",
  plural: "volumeattachments",
  singular: "volumeattachment",
  namespaced: false,
  hasStatus: true,
  setDefaults(draft: any) {
    draft.spec ??= {};
    draft.spec.source ??= {};
    draft.status ??= {};
    draft.status.attached ??= false;
  },
  prepareForCreate(draft: any) {
    draft.status = { attached: false };
  },
  prepareForUpdate(draft: any, old) {
    draft.status = old.status;
  },
  validate: ({ metadata, spec, status }) => [
    ...validateMetadata(metadata, false, isDns1123Subdomain),
    ...validateSpec(spec),
    ...validateStatus(status ?? {}),
  ],
  validateCreate: validateNewAttachment,
  validateUpdate: ({ spec }, old) => (deepEqual(spec, old.spec) ? [] : [immutable("spec", spec)]),
  validateStatusUpdate: ({ metadata, status }, old) => [
    ...validateMetadataUpdate(metadata, old.metadata),
    ...validateStatus(status ?? {}),
  ],
  columns: [
    NAME_COLUMN,
    { ...shown("Attacher"), format: "name" },
    shown("PV"),
    shown("Node"),
    shown("Attached", "boolean"),
    AGE_COLUMN,
  ],
  row: ({ metadata, spec, status }, nowMs) => [
    metadata.name,
    spec.attacher,
    spec.source.persistentVolumeName ?? "",
    spec.nodeName,
    status?.attached ?? false,
    age(metadata.creationTimestamp, nowMs),
  ],
};

function validateSpec(spec: any): FieldError[] {
  const errors: FieldError[] = [];
  if (!spec.attacher) errors.push(required("spec.attacher"));
  const { inlineVolumeSpec: inline, persistentVolumeName: name } = spec.source ?? {};
  const at = "spec.source";
  if (inline && name) errors.push(forbidden(at, ONE_SOURCE));
  else if (inline) errors.push(...validateInlineVolumeSpec(inline, `${at}.inlineVolumeSpec`));
  else if (name === undefined) errors.push(required(at, ONE_SOURCE));
  else if (name === "")
    errors.push(required(`${at}.persistentVolumeName`, "must specify non empty persistentVolumeName"));
  for (const text of isDns1123Subdomain(spec.nodeName ?? ""))
    errors.push(invalid("spec.nodeName", spec.nodeName ?? "", text));
  return errors;
}

/** ValidateVolumeAttachmentV1: names of drivers and volumes, which attachments older than v1 may have as they like. */
export function validateNewAttachment({ spec }: VolumeAttachment): FieldError[] {
  const errors = validateCsiDriver(spec.attacher, "spec.attacher");
  const name = spec.source?.persistentVolumeName;
  if (name !== undefined)
    errors.push(...isDns1123Subdomain(name).map((text) => invalid("spec.source.persistentVolumeName", name, text)));
  return errors;
}

function validateStatus(status: any): FieldError[] {
  const errors: FieldError[] = [];
  const metadata = Object.entries<string>(status.attachmentMetadata ?? {});
  if (metadata.reduce((sum, [name, value]) => sum + name.length + value.length, 0) > MAX_MESSAGE_BYTES)
    errors.push(tooLong("status.attachmentMetadata", MAX_MESSAGE_BYTES));
  for (const field of ["attachError", "detachError"]) {
    const { message = "", errorCode = 0 } = status[field] ?? {};
    if (message.length > MAX_MESSAGE_BYTES) errors.push(tooLong(`status.${field}.message`, MAX_MESSAGE_BYTES));
    if (errorCode < 0) errors.push(invalid(`status.${field}.errorCode`, errorCode, inclusiveRange(0, MAX_INT32)));
  }
  return errors;
}
