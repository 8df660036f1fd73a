import type { Component, Sim } from "../../component";
import { klog } from "../../images/programs/ingress-nginx";
import { chainOf } from "../../images/programs/ingress-nginx/certificates";
import {
  controllerContainer,
  controllersOf,
  isController,
  isReady,
  optionsOf,
} from "../../images/programs/ingress-nginx/deployed";
import { type ControllerOptions, refusal } from "../../images/programs/ingress-nginx/options";
import { type Backend, upstreamOf } from "../../images/programs/ingress-nginx/servers";
import { clone, deepEqual } from "../../kernel/freeze";
import type { Ingress, Pod, Service } from "../../kinds/types";

/**
 * The part of ingress-nginx that writes to the API: addresses of Ingresses and events about them, on behalf of the
 * controller's pods. What comes in on their ports is the program's, in `images/programs/ingress-nginx`.
 */

const NAME = "nginx-ingress-controller";
/** The controller batches changes, and its leader publishes addresses from time to time. */
const SYNC_MS = 200;
const STATUS_MS = 20_000;

export const ingressNginx: Component = {
  name: NAME,
  onChange(sim, { type, resource, object, previous }) {
    if (resource === "ingresses.networking.k8s.io" && type !== "DELETED") {
      if (
        previous &&
        deepEqual(previous.spec, object.spec) &&
        deepEqual(previous.metadata, { ...object.metadata, resourceVersion: previous.metadata.resourceVersion })
      )
        return;
      sim.kernel.schedule(SYNC_MS, NAME, `sync/${object.metadata.namespace}/${object.metadata.name}`);
      wake(sim);
    } else if (resource === "ingressclasses.networking.k8s.io") all(sim);
    else if (resource === "pods" && isController(object as unknown as Pod)) {
      if (isReady(object as unknown as Pod) && !(previous && isReady(previous as unknown as Pod))) all(sim);
    } else if (resource === "services" && object.spec.type === "LoadBalancer") wake(sim);
  },
  onTimer(sim, { key }) {
    const pods = controllersOf(sim);
    if (pods.length === 0) return;
    if (key === "status") {
      for (const pod of pods) publish(sim, optionsOf(pod));
      return;
    }
    const [, namespace, name] = key.split("/");
    const ingress = sim.store.get("ingresses.networking.k8s.io", namespace, name!) as Ingress | undefined;
    if (ingress) for (const pod of pods) sync(sim, pod, ingress);
  },
};

/** Looks at the addresses again after a while, if there is an Ingress at all. */
function wake(sim: Sim): void {
  if (sim.store.list("ingresses.networking.k8s.io").length === 0) return;
  if (!sim.kernel.queue.get(NAME, "status")) sim.kernel.schedule(STATUS_MS, NAME, "status");
}

function all(sim: Sim): void {
  for (const { metadata } of sim.store.list("ingresses.networking.k8s.io"))
    sim.kernel.schedule(SYNC_MS, NAME, `sync/${metadata.namespace}/${metadata.name}`);
  wake(sim);
}

/** Takes an Ingress up, and says so; or leaves it, and says why in its log. */
function sync(sim: Sim, pod: Pod, ingress: Ingress): void {
  const key = `${ingress.metadata.namespace}/${ingress.metadata.name}`;
  const say = (level: "I" | "W" | "E", text: string) =>
    sim.runtime.change(
      { podUid: pod.metadata.uid, container: controllerContainer(pod).name },
      { op: "log", stream: "stderr", text: klog({ nowMs: sim.kernel.nowMs }, level, text) },
    );
  const why = refusal(sim.store, optionsOf(pod), ingress);
  if (why !== undefined) {
    say(
      "I",
      `store.go:440] "Ignoring ingress because of error while validating ingress class" ingress="${key}" error=${JSON.stringify(why)}`,
    );
    return;
  }
  say("I", `main.go:107] "successfully validated configuration, accepting" ingress="${key}"`);
  for (const backend of backendsOf(ingress)) {
    const upstream = upstreamOf(sim.store, backend);
    const service = `${backend.namespace}/${backend.service}`;
    if (upstream.missing)
      say("W", `controller.go:1121] Error obtaining Endpoints for Service "${service}": ${upstream.missing}`);
    else if (upstream.addresses.length === 0)
      say("W", `controller.go:1205] Service "${service}" does not have any active Endpoint.`);
  }
  for (const { secretName } of ingress.spec.tls ?? []) {
    if (!secretName) continue;
    const chain = chainOf(sim.store, ingress.metadata.namespace!, secretName);
    if ("error" in chain)
      say(
        "W",
        `controller.go:1498] Error getting SSL certificate "${ingress.metadata.namespace}/${secretName}": ${chain.error}. Using default certificate`,
      );
  }
  say("I", 'controller.go:196] "Configuration changes detected, backend reload required"');
  say("I", 'controller.go:216] "Backend successfully reloaded"');
  sim.recorder.event(ingress as any, "Normal", "Sync", "Scheduled for sync", { component: NAME });
}

function backendsOf({ metadata, spec }: Ingress): Backend[] {
  const all: any[] = [
    spec.defaultBackend,
    ...(spec.rules ?? []).flatMap((rule) => rule.http?.paths.map(({ backend }) => backend) ?? []),
  ];
  return all.flatMap((backend) =>
    backend?.service
      ? [
          {
            namespace: metadata.namespace!,
            service: backend.service.name,
            port: backend.service.port?.number ?? backend.service.port?.name ?? 0,
          },
        ]
      : [],
  );
}

/** Writes the address by which the controller is reached into the status of its Ingresses. */
function publish(sim: Sim, options: ControllerOptions): void {
  const points = addressesOf(sim, options);
  for (const ingress of sim.store.list("ingresses.networking.k8s.io") as readonly Ingress[]) {
    if (refusal(sim.store, options, ingress) !== undefined) continue;
    const loadBalancer = points.length > 0 ? { ingress: points } : {};
    if (deepEqual(ingress.status?.loadBalancer ?? {}, loadBalancer)) continue;
    sim.api(NAME).updateStatus("ingresses.networking.k8s.io", { ...clone(ingress), status: { loadBalancer } } as any);
    sim.recorder.event(ingress as any, "Normal", "Sync", "Scheduled for sync", { component: NAME });
  }
}

function addressesOf(
  sim: Sim,
  { publishService, publishStatusAddress }: ControllerOptions,
): { ip?: string; hostname?: string }[] {
  if (publishStatusAddress) return [{ ip: publishStatusAddress }];
  const [namespace, name] = publishService?.split("/") ?? [];
  const service = name === undefined ? undefined : (sim.store.get("services", namespace, name) as Service | undefined);
  if (!service) return [];
  if (service.spec.type === "LoadBalancer")
    return (service.status?.loadBalancer?.ingress ?? []).map(({ ip, hostname }) =>
      ip ? { ip } : { hostname: hostname! },
    );
  return [{ ip: service.spec.clusterIP! }];
}
