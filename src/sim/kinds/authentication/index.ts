import { verifyToken } from "../../apiserver/authentication/tokens";
import type { KindDefinition } from "../../apiserver/kind";
import { badRequest } from "../../apiserver/status";
import { NAME_COLUMN } from "../printing";

/** A server that is handed a token asks who it stands for. */
export const tokenReview: KindDefinition = {
  group: "authentication.k8s.io",
  version: "v1",
  kind: "TokenReview",
  plural: "tokenreviews",
  singular: "tokenreview",
  namespaced: false,
  verbs: ["create"],
  computed: {
    create({ sim }, review) {
      const { token, audiences } = review.spec ?? {};
      if (!token) throw badRequest("token is required for TokenReview in authentication");
      const verdict = verifyToken(sim, token, audiences?.length ? audiences : undefined);
      const status =
        "error" in verdict
          ? { user: {}, error: verdict.error }
          : { authenticated: true, user: verdict.user, audiences: verdict.audiences };
      return { ...review, metadata: { ...review.metadata, creationTimestamp: null as any }, status };
    },
  },
  columns: [NAME_COLUMN],
  row: ({ metadata }) => [metadata.name ?? ""],
};

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
