import type { ObjectMeta } from "../../types";
import type { JsonSchema } from "./schema";
import type { PrinterColumn } from "./table";

export interface CustomResourceNames {
  plural: string;
  singular?: string;
  kind: string;
  listKind?: string;
  shortNames?: readonly string[];
  categories?: readonly string[];
}

export interface CustomResourceVersion {
  name: string;
  served: boolean;
  storage: boolean;
  deprecated?: boolean;
  deprecationWarning?: string;
  schema?: { openAPIV3Schema?: JsonSchema };
  subresources?: {
    status?: Record<string, never>;
    scale?: { specReplicasPath: string; statusReplicasPath: string; labelSelectorPath?: string };
  };
  additionalPrinterColumns?: readonly PrinterColumn[];
  selectableFields?: readonly { jsonPath: string }[];
}

export interface Condition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
  lastTransitionTime?: string;
}

/** apiextensions.k8s.io/v1, as the store has it. */
export interface CustomResourceDefinition {
  apiVersion?: string;
  kind?: string;
  metadata: ObjectMeta;
  spec: {
    group: string;
    scope: string;
    names: CustomResourceNames;
    versions: readonly CustomResourceVersion[];
    preserveUnknownFields?: boolean;
    conversion?: {
      strategy: string;
      webhook?: { clientConfig?: Record<string, unknown>; conversionReviewVersions?: readonly string[] };
    };
  };
  status?: {
    acceptedNames?: CustomResourceNames;
    storedVersions?: readonly string[];
    conditions?: readonly Condition[];
  };
}

export const conditionOf = (definition: CustomResourceDefinition, type: string): Condition | undefined =>
  definition.status?.conditions?.find((one) => one.type === type);

export const hasCondition = (definition: CustomResourceDefinition, type: string): boolean =>
  conditionOf(definition, type)?.status === "True";
