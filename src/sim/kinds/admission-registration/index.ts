import type { KindDefinition } from "../../apiserver/kind";
import { deepEqual } from "../../kernel/freeze";
import type { KubeObject } from "../../types";
import { AGE_COLUMN, age, NAME_COLUMN, shown, UNSET } from "../printing";
import type {
  MutatingWebhookConfiguration,
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
  ValidatingWebhookConfiguration,
} from "../types";
import { validateMetadataUpdate } from "../validation/metadata";
import { defaultBinding, defaultPolicy, defaultWebhooks } from "./defaults";
import { validateBinding, validatePolicy } from "./policies";
import { validateConfiguration } from "./webhooks";

export const ADMISSION_GROUP = "admissionregistration.k8s.io";

const common = { group: ADMISSION_GROUP, version: "v1", namespaced: false, categories: ["api-extensions"] };

const firstGeneration = (draft: KubeObject): void => {
  (draft.metadata as any).generation = 1;
};

/** Generation counts the wishes: it rises with all but the metadata and the status. */
function nextGeneration(draft: KubeObject, old: KubeObject): void {
  const wishes = ({ metadata: _metadata, status: _status, ...rest }: KubeObject) => rest;
  if (!deepEqual(wishes(draft), wishes(old)))
    (draft.metadata as any).generation = Number(old.metadata.generation ?? 0) + 1;
}

const webhookTable = {
  columns: [NAME_COLUMN, shown("Webhooks", "integer"), AGE_COLUMN],
  row: ({ metadata, webhooks }: any, nowMs: number) => [
    metadata.name,
    (webhooks ?? []).length,
    age(metadata.creationTimestamp, nowMs),
  ],
};

const webhookConfiguration = {
  ...common,
  ...webhookTable,
  prepareForCreate: firstGeneration,
  prepareForUpdate: nextGeneration,
  validate: validateConfiguration,
  validateUpdate: ({ metadata }: KubeObject, old: KubeObject) => validateMetadataUpdate(metadata, old.metadata),
};

/** Who is asked whether a write may be (https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/). */
export const validatingWebhookConfiguration: KindDefinition<ValidatingWebhookConfiguration> = {
  ...webhookConfiguration,
  kind: "ValidatingWebhookConfiguration",
  plural: "validatingwebhookconfigurations",
  singular: "validatingwebhookconfiguration",
  setDefaults: (draft) => defaultWebhooks(draft, false),
};

export const mutatingWebhookConfiguration: KindDefinition<MutatingWebhookConfiguration> = {
  ...webhookConfiguration,
  kind: "MutatingWebhookConfiguration",
  plural: "mutatingwebhookconfigurations",
  singular: "mutatingwebhookconfiguration",
  setDefaults: (draft) => defaultWebhooks(draft, true),
};

/** Rules for writes, in CEL (https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/). */
export const validatingAdmissionPolicy: KindDefinition<ValidatingAdmissionPolicy> = {
  ...common,
  kind: "ValidatingAdmissionPolicy",
  plural: "validatingadmissionpolicies",
  singular: "validatingadmissionpolicy",
  hasStatus: true,
  setDefaults: defaultPolicy,
  prepareForCreate(draft: any) {
    firstGeneration(draft);
    draft.status = {};
  },
  prepareForUpdate(draft: any, old) {
    draft.status = old.status;
    nextGeneration(draft, old);
  },
  validate: validatePolicy,
  validateUpdate: ({ metadata }, old) => validateMetadataUpdate(metadata, old.metadata),
  validateStatusUpdate: ({ metadata }, old) => validateMetadataUpdate(metadata, old.metadata),
  columns: [NAME_COLUMN, shown("Validations", "integer"), shown("ParamKind"), AGE_COLUMN],
  row: ({ metadata, spec }, nowMs) => [
    metadata.name,
    (spec.validations ?? []).length,
    spec.paramKind ? `${spec.paramKind.apiVersion}/${spec.paramKind.kind}` : UNSET,
    age(metadata.creationTimestamp, nowMs),
  ],
};

export const validatingAdmissionPolicyBinding: KindDefinition<ValidatingAdmissionPolicyBinding> = {
  ...common,
  kind: "ValidatingAdmissionPolicyBinding",
  plural: "validatingadmissionpolicybindings",
  singular: "validatingadmissionpolicybinding",
  setDefaults: defaultBinding,
  prepareForCreate: firstGeneration,
  prepareForUpdate: nextGeneration,
  validate: validateBinding,
  validateUpdate: ({ metadata }, old) => validateMetadataUpdate(metadata, old.metadata),
  columns: [NAME_COLUMN, shown("PolicyName"), shown("ParamRef"), AGE_COLUMN],
  row: ({ metadata, spec }, nowMs) => {
    const { name, namespace, selector } = spec.paramRef ?? {};
    const reference = selector ? "" : namespace ? `${namespace}/${name}` : `*/${name}`;
    return [metadata.name, spec.policyName, spec.paramRef ? reference : UNSET, age(metadata.creationTimestamp, nowMs)];
  },
};
