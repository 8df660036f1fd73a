import { clone } from "../../kernel/freeze";
import { type Quantities, quantitiesOf } from "../../kinds/pod/total-resources";
import { addQuantities, formatQuantity, quantityOf, subtractQuantities } from "../../kinds/quantity";
import type { ResourceQuota } from "../../kinds/types";
import { quotaMatches } from "../../quota/scopes";
import { hardOf, textsOf, usageIn } from "../../quota/status";
import { usageOf } from "../../quota/usage";
import { type KindDefinition, resourceName } from "../kind";
import { forbidden, type StatusError } from "../status";
import { groupResource } from "../verbs";
import type { AdmissionPlugin, AdmissionRequest } from "./admission";

const QUOTAS = "resourcequotas";
/** A quota of one of these asks every container to say what it takes. */
const MUST_SPECIFY = new Set(["cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory"]);

/** Refuses what would take a namespace beyond its budget, and books what does not (apiserver's admission/plugin/resourcequota). */
export const resourceQuota: AdmissionPlugin = {
  name: "ResourceQuota",
  validate(request) {
    const { verb, kind, draft, subresource, sim } = request;
    if (subresource || !kind.namespaced || !(verb === "create" || (verb === "update" && mayGrow(kind)))) return;
    const quotas = sim.store.list(QUOTAS, draft.metadata.namespace) as readonly ResourceQuota[];
    if (quotas.length === 0) return;
    const booked = quotas.flatMap((quota) => check(request, quota) ?? []);
    if (request.dryRun) return;
    for (const { quota, used } of booked) {
      const next = clone(quota) as any;
      next.status = { hard: hardOf(quota), used: textsOf(used) };
      sim.store.put(QUOTAS, next);
    }
  },
};

/** What an update can make take more; of all else each object counts as one, whatever it says. */
const mayGrow = ({ group, kind }: KindDefinition): boolean =>
  group === "" && (kind === "Service" || kind === "PersistentVolumeClaim");

interface Booking {
  quota: ResourceQuota;
  used: Quantities;
}

function check(request: AdmissionRequest, quota: ResourceQuota): Booking | undefined {
  const { kind, draft, old, sim } = request;
  const resource = resourceName(kind);
  if (!quotaMatches(quota, resource, draft)) return undefined;
  const hard = quantitiesOf(hardOf(quota));
  const before = old && quotaMatches(quota, resource, old) ? old : undefined;
  const wanted = new Map([...delta(resource, draft, before)].filter(([name]) => hard.has(name)));
  if (resource === "pods" && !old) checkSpecified(request, quota, hard);
  if (![...wanted.values()].some(({ nanos }) => nanos > 0n)) return undefined;
  const used = bookedUsage(quota, hard) ?? usageIn(sim.store, quota);
  const next = new Map(used);
  for (const [name, amount] of wanted) next.set(name, addQuantities(used.get(name) ?? quantityOf(0), amount));
  const exceeded = [...wanted].filter(
    ([name, { nanos }]) => nanos > 0n && next.get(name)!.nanos > hard.get(name)!.nanos,
  );
  if (exceeded.length > 0) {
    const show = (from: Quantities) =>
      pairs(
        exceeded.map(([name]) => name),
        from,
      );
    throw refuse(
      request,
      `exceeded quota: ${quota.metadata.name}, requested: ${show(wanted)}, used: ${show(used)}, limited: ${show(hard)}`,
    );
  }
  return { quota, used: next };
}

/** What the status says, if it knows of all that is limited now. */
function bookedUsage(quota: ResourceQuota, hard: Quantities): Quantities | undefined {
  const used = quantitiesOf(quota.status?.used as Record<string, string> | undefined);
  return [...hard.keys()].every((name) => used.has(name)) ? used : undefined;
}

function delta(resource: string, draft: any, old: any): Quantities {
  const now = usageOf(resource, draft);
  if (!old) return now;
  for (const [name, before] of usageOf(resource, old))
    now.set(name, subtractQuantities(now.get(name) ?? quantityOf(0), before));
  return now;
}

const pairs = (names: readonly string[], from: Quantities): string =>
  [...names]
    .sort()
    .map((name) => `${name}=${formatQuantity(from.get(name) ?? quantityOf(0))}`)
    .join(",");

const refuse = ({ kind, draft }: AdmissionRequest, why: string): StatusError =>
  forbidden(groupResource(kind), draft.metadata.name, why);

function checkSpecified(request: AdmissionRequest, quota: ResourceQuota, hard: Quantities): void {
  const required = [...hard.keys()].filter((name) => MUST_SPECIFY.has(name)).sort();
  if (required.length === 0) return;
  const { containers = [], initContainers = [] } = request.draft.spec;
  const texts = required.flatMap((name) => {
    const silent = [...containers, ...initContainers]
      .filter((one: any) => !says(one, name))
      .map(({ name }: any) => name);
    return silent.length > 0 ? [`${name} for: ${[...new Set(silent)].sort().join(",")}`] : [];
  });
  if (texts.length > 0) throw refuse(request, `failed quota: ${quota.metadata.name}: must specify ${texts.join("; ")}`);
}

function says({ resources }: any, name: string): boolean {
  const limited = name.startsWith("limits.");
  const plain = name.replace(/^(limits|requests)\./, "");
  return (limited ? resources?.limits : resources?.requests)?.[plain] !== undefined;
}
