import type { KubeObject } from "../../types";
import type { Subresource } from "../kind";

/** PUT …/namespaces/NAME/finalize: sets the finalizers of the spec, and nothing else. */
export const namespaceFinalize: Subresource = {
  name: "finalize",
  verbs: ["update"],
  handle({ verbs, kind, path, request }) {
    const finalizers = (request.body as KubeObject | undefined)?.spec?.finalizers ?? [];
    return { status: 200, body: verbs.finalizeNamespace(kind, verbs.get(kind, undefined, path.name!), finalizers) };
  },
};
