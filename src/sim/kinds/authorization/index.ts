import type { Computed, KindDefinition } from "../../apiserver/kind";
import { NAME_COLUMN } from "../printing";
import { reviewRules, reviewSelf, reviewSubject } from "./reviews";

/** A question to the server about what somebody may do: it is answered, never stored. */
const review = (kind: string, create: NonNullable<Computed["create"]>, namespaced = false): KindDefinition => ({
  group: "authorization.k8s.io",
  version: "v1",
  kind,
  plural: `${kind.toLowerCase()}s`,
  singular: kind.toLowerCase(),
  namespaced,
  verbs: ["create"],
  computed: { create },
  columns: [NAME_COLUMN],
  row: ({ metadata }) => [metadata.name ?? ""],
});

export const localSubjectAccessReview = review("LocalSubjectAccessReview", reviewSubject, true);
export const selfSubjectAccessReview = review("SelfSubjectAccessReview", reviewSelf);
export const selfSubjectRulesReview = review("SelfSubjectRulesReview", reviewRules);
export const subjectAccessReview = review("SubjectAccessReview", reviewSubject);
