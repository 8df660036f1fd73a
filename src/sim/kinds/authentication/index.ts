import type { KindDefinition } from "../../apiserver/kind";
import { NAME_COLUMN } from "../printing";

/** Who the server takes the one who asks for: `kubectl auth whoami`. */
export const selfSubjectReview: KindDefinition = {
  group: "authentication.k8s.io",
  version: "v1",
  kind: "SelfSubjectReview",
  plural: "selfsubjectreviews",
  singular: "selfsubjectreview",
  namespaced: false,
  verbs: ["create"],
  computed: {
    create: ({ user, sim }, review) => ({
      ...review,
      metadata: { ...review.metadata, creationTimestamp: sim.kernel.now() as any },
      status: {
        userInfo: {
          username: user.username,
          ...(user.uid && { uid: user.uid }),
          ...(user.groups?.length && { groups: user.groups }),
          ...(user.extra && { extra: user.extra }),
        },
      },
    }),
  },
  columns: [NAME_COLUMN],
  row: ({ metadata }) => [metadata.name ?? ""],
};
