import { clone, deepEqual } from "../../kernel/freeze";
import type { ResourceQuota } from "../../kinds/types";
import { hardOf, textsOf, usageIn } from "../../quota/status";
import { countedResource } from "../../quota/usage";
import { type Controller, keyOf, splitKey } from "../controller";

const QUOTAS = "resourcequotas";

/** Keeps the status of quotas: what they allow, and what the namespace really takes. */
export const resourceQuotaController: Controller = {
  name: "resourcequota-controller",
  *keysFor({ resource, object, type }, sim) {
    if (resource === QUOTAS && type !== "DELETED") yield keyOf(object);
    const { namespace } = object.metadata;
    if (!namespace) return;
    for (const quota of sim.store.list(QUOTAS) as readonly ResourceQuota[]) {
      if (quota.metadata.namespace !== namespace) continue;
      if (Object.keys(hardOf(quota)).some((name) => countedResource(name) === resource)) yield keyOf(quota);
    }
  },
  sync(sim, key) {
    const { namespace, name } = splitKey(key);
    const quota = sim.store.get(QUOTAS, namespace, name) as ResourceQuota | undefined;
    if (!quota || quota.metadata.deletionTimestamp) return undefined;
    const status = { hard: hardOf(quota), used: textsOf(usageIn(sim.store, quota)) };
    if (deepEqual(status, quota.status)) return undefined;
    sim.api("resourcequota-controller").updateStatus(QUOTAS, { ...clone(quota), status } as any);
    return undefined;
  },
};
