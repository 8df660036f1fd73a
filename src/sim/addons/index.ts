import type { NewObject } from "../apiserver/client";
import type { Sim } from "../component";
import type { Addon } from "../options";
import { ingressNginxManifests } from "./ingress-nginx";
import { metricsServerManifests } from "./metrics-server";

/** Manifests of each add-on, in the order in which they are applied. */
const MANIFESTS: Record<Addon, () => NewObject[]> = {
  "ingress-nginx": ingressNginxManifests,
  "metrics-server": metricsServerManifests,
};

/** Applies what the cluster's options ask for, as an administrator would have with `kubectl apply`. */
export function installAddons(sim: Sim): void {
  const api = sim.api("kubectl");
  for (const addon of sim.options.addons) {
    for (const manifest of MANIFESTS[addon]()) {
      const kind = sim.kinds.findKind(manifest.apiVersion, manifest.kind);
      if (kind) api.create(kind.group ? `${kind.plural}.${kind.group}` : kind.plural, manifest);
    }
  }
}
