import type { Store } from "../apiserver/store";
import { addTo, type Quantities } from "../kinds/pod/total-resources";
import { formatQuantity, quantityOf } from "../kinds/quantity";
import type { ResourceQuota } from "../kinds/types";
import { quotaMatches } from "./scopes";
import { countedResource, usageOf } from "./usage";

export const hardOf = (quota: ResourceQuota): Record<string, string> =>
  (quota.spec?.hard ?? {}) as Record<string, string>;

/** What the objects in the namespace take of each resource that the quota limits. */
export function usageIn(store: Pick<Store, "list">, quota: ResourceQuota): Quantities {
  const names = Object.keys(hardOf(quota));
  const total: Quantities = new Map(names.map((name) => [name, quantityOf(0)]));
  for (const resource of new Set(names.map(countedResource))) {
    for (const object of store.list(resource, quota.metadata.namespace)) {
      if (!quotaMatches(quota, resource, object)) continue;
      const used = usageOf(resource, object);
      addTo(total, new Map([...used].filter(([name]) => total.has(name))));
    }
  }
  return total;
}

export const textsOf = (quantities: Quantities): Record<string, string> =>
  Object.fromEntries([...quantities].map(([name, quantity]) => [name, formatQuantity(quantity)]));
