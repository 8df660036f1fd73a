import { failure, forbidden, notFound } from "../status";
import { groupResource } from "../verbs";
import type { AdmissionPlugin } from "./admission";

const IMMORTAL = new Set(["default", "kube-system", "kube-public"]);

/** Nothing is made in a namespace that is not there or is going; the namespaces of the system stay. */
export const namespaceLifecycle: AdmissionPlugin = {
  name: "NamespaceLifecycle",
  mutate({ verb, kind, draft, old, sim }) {
    if (verb === "delete" && kind.kind === "Namespace" && old && IMMORTAL.has(old.metadata.name)) {
      throw forbidden(groupResource(kind), old.metadata.name, "this namespace may not be deleted");
    }
    if (verb !== "create" || !kind.namespaced) return;
    const name = draft.metadata.namespace!;
    const namespace = sim.store.get("namespaces", undefined, name);
    if (!namespace) throw notFound({ group: "", resource: "namespaces" }, name);
    if (!namespace.metadata.deletionTimestamp) return;
    const error = forbidden(
      groupResource(kind),
      draft.metadata.name,
      `unable to create new content in namespace ${name} because it is being terminated`,
    );
    throw failure(403, "Forbidden", error.message, {
      ...error.status.details,
      causes: [
        {
          reason: "NamespaceTerminating",
          message: `namespace ${name} is being terminated`,
          field: "metadata.namespace",
        },
      ],
    });
  },
};
