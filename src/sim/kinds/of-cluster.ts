import { KindRegistry } from "../apiserver/registry";
import type { Store } from "../apiserver/store";
import type { KubeObject } from "../types";
import { kinds } from ".";
import { isServed } from "./api-service/availability";
import type { CustomResourceDefinition } from "./custom-resource/definition-types";
import { customKinds } from "./custom-resource/kinds";
import { METRICS_SERVICE } from "./metrics";
import { nodeMetrics } from "./metrics/node-metrics";
import { podMetrics } from "./metrics/pod-metrics";

/** The store gives the same list as long as no definition changes, and so do forks of it. */
const registries = new WeakMap<readonly KubeObject[], KindRegistry>();

/** The kinds that a cluster knows at this moment: the built-in ones, those that its CRDs define, and those of servers behind it. */
export function kindsOf(store: Pick<Store, "list">): KindRegistry {
  const known = definedKinds(store);
  return isServed(store, METRICS_SERVICE) ? withMetrics(known) : known;
}

/** What another server serves is known as long as that one can be asked. */
function withMetrics(known: KindRegistry): KindRegistry {
  let registry = extended.get(known);
  if (!registry) {
    registry = new KindRegistry([...known.all, podMetrics, nodeMetrics], known.hidden);
    extended.set(known, registry);
  }
  return registry;
}

const extended = new WeakMap<KindRegistry, KindRegistry>();

function definedKinds(store: Pick<Store, "list">): KindRegistry {
  const definitions = store.list(DEFINITIONS);
  if (definitions.length === 0) return kinds;
  let registry = registries.get(definitions);
  if (!registry) {
    const custom = definitions.map((definition) => customKinds(definition as unknown as CustomResourceDefinition));
    const served = custom
      .flatMap((one) => one.served)
      .filter((kind) => !kinds.find(kind.group, kind.version, kind.plural));
    const hidden = custom.flatMap((one) => one.hidden);
    registry = served.length + hidden.length > 0 ? new KindRegistry([...kinds.all, ...served], hidden) : kinds;
    registries.set(definitions, registry);
  }
  return registry;
}

const DEFINITIONS = "customresourcedefinitions.apiextensions.k8s.io";
