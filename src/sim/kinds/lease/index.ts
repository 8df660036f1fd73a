import type { KindDefinition } from "../../apiserver/kind";
import type { FieldError } from "../../apiserver/status";
import { leaseAsOfNow } from "../../heartbeats/as-of-now";
import { AGE_COLUMN, age, NAME_COLUMN, shown } from "../printing";
import type { Lease } from "../types";
import { invalid } from "../validation/field-error";
import { validateMetadata, validateMetadataUpdate } from "../validation/metadata";
import { isDns1123Subdomain } from "../validation/names";
import { NOT_NEGATIVE } from "../validation/numbers";

/** Who holds something that only one may hold, and who is alive (https://kubernetes.io/docs/concepts/architecture/leases/). */
export const lease: KindDefinition<Lease> = {
  group: "coordination.k8s.io",
  version: "v1",
  kind: "Lease",
  plural: "leases",
  singular: "lease",
  namespaced: true,
  setDefaults(draft) {
    (draft as any).spec ??= {};
  },
  prepareForCreate: dropElection,
  prepareForUpdate: dropElection,
  validate: ({ metadata, spec }) => [
    ...validateMetadata(metadata, true, isDns1123Subdomain),
    ...validateLeaseSpec(spec, "spec"),
  ],
  validateUpdate: ({ metadata }, old) => validateMetadataUpdate(metadata, old.metadata),
  asOfNow: (lease, sim) => leaseAsOfNow(sim, lease as any) as unknown as Lease,
  columns: [NAME_COLUMN, shown("Holder"), AGE_COLUMN],
  row: ({ metadata, spec }, nowMs) => [
    metadata.name,
    spec.holderIdentity ?? "",
    age(metadata.creationTimestamp, nowMs),
  ],
};

/** Fields of coordinated leader election, whose feature gate is off. */
function dropElection(draft: Lease): void {
  delete (draft.spec as any).strategy;
  delete (draft.spec as any).preferredHolder;
}

export function validateLeaseSpec(spec: any, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const { leaseDurationSeconds: seconds, leaseTransitions: transitions } = spec;
  if (seconds !== undefined && seconds <= 0)
    errors.push(invalid(`${path}.leaseDurationSeconds`, seconds, "must be greater than 0"));
  if (transitions !== undefined && transitions < 0)
    errors.push(invalid(`${path}.leaseTransitions`, transitions, NOT_NEGATIVE));
  return errors;
}
