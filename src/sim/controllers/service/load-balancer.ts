import type { Sim } from "../../component";
import { clone } from "../../kernel/freeze";
import type { KubeObject } from "../../types";
import { type Controller, keyOf, splitKey } from "../controller";

const CONTROLLER = "service-controller";
const FINALIZER = "service.kubernetes.io/load-balancer-cleanup";
/** How long the provider takes to make a balancer: long enough to be seen pending. */
const PROVISION_MS = 5000;
/** Addresses of the machines' network that are set aside for balancers. */
const POOL_PREFIX = "192.168.49.";
const POOL_FIRST = 240;
const POOL_LAST = 254;

/** Gives Services of type LoadBalancer an address outside the cluster, as a cloud's controller does. */
export const serviceController: Controller = {
  name: CONTROLLER,

  *keysFor({ type, resource, object }) {
    if (resource !== "services" || type === "DELETED") return;
    if (object.spec.type === "LoadBalancer" || object.metadata.finalizers?.includes(FINALIZER)) yield keyOf(object);
  },

  sync(sim, key) {
    const { namespace, name } = splitKey(key);
    const service = sim.store.get("services", namespace, name);
    const since = sim.kernel.table<number>("service-controller.since");
    const wanted =
      service &&
      service.spec.type === "LoadBalancer" &&
      !service.spec.loadBalancerClass &&
      !service.metadata.deletionTimestamp;
    if (!wanted) {
      since.delete(key);
      if (service?.metadata.finalizers?.includes(FINALIZER)) tearDown(sim, service);
      return;
    }
    if (service.status?.loadBalancer?.ingress?.length > 0) return;
    const started = since.get(key);
    if (started === undefined) {
      since.set(key, sim.kernel.nowMs);
      begin(sim, service);
      return { requeueAfterMs: PROVISION_MS };
    }
    const left = started + PROVISION_MS - sim.kernel.nowMs;
    if (left > 0) return { requeueAfterMs: left };
    if (finish(sim, service)) since.delete(key);
    return;
  },
};

const event = (sim: Sim, service: KubeObject, type: "Normal" | "Warning", reason: string, message: string) =>
  sim.recorder.event(service, type, reason, message, { component: CONTROLLER });

function begin(sim: Sim, service: KubeObject): void {
  event(sim, service, "Normal", "EnsuringLoadBalancer", "Ensuring load balancer");
  const draft = clone(service);
  (draft.metadata as any).finalizers = [...new Set([...(draft.metadata.finalizers ?? []), FINALIZER])];
  sim.api(CONTROLLER).update("services", draft);
}

function finish(sim: Sim, service: KubeObject): boolean {
  const ip = freeAddress(sim, service);
  if (!ip) {
    event(
      sim,
      service,
      "Warning",
      "SyncLoadBalancerFailed",
      "Error syncing load balancer: failed to ensure load balancer: no address is free",
    );
    return false;
  }
  const draft = clone(service);
  draft.status = { ...draft.status, loadBalancer: { ingress: [{ ip, ipMode: "VIP" }] } };
  sim.api(CONTROLLER).updateStatus("services", draft);
  event(sim, service, "Normal", "EnsuredLoadBalancer", "Ensured load balancer");
  return true;
}

function tearDown(sim: Sim, service: KubeObject): void {
  event(sim, service, "Normal", "DeletingLoadBalancer", "Deleting load balancer");
  const api = sim.api(CONTROLLER);
  let draft = clone(service);
  if (draft.status?.loadBalancer?.ingress) {
    draft.status = { ...draft.status, loadBalancer: {} };
    draft = clone(api.updateStatus("services", draft));
  }
  (draft.metadata as any).finalizers = draft.metadata.finalizers!.filter((finalizer) => finalizer !== FINALIZER);
  if (draft.metadata.finalizers!.length === 0) delete draft.metadata.finalizers;
  event(sim, service, "Normal", "DeletedLoadBalancer", "Deleted load balancer");
  api.update("services", draft);
}

/** The lowest address that no other Service has, or the one that the Service asks for. */
function freeAddress(sim: Sim, service: KubeObject): string | undefined {
  const taken = new Set(
    sim.store
      .list("services")
      .flatMap((other) => (other.status?.loadBalancer?.ingress ?? []).map(({ ip }: { ip?: string }) => ip)),
  );
  const wanted: string | undefined = service.spec.loadBalancerIP;
  if (wanted) return taken.has(wanted) ? undefined : wanted;
  for (let last = POOL_FIRST; last <= POOL_LAST; last++)
    if (!taken.has(`${POOL_PREFIX}${last}`)) return `${POOL_PREFIX}${last}`;
  return undefined;
}
