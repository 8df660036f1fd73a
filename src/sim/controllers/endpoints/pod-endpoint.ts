import type { Change } from "../../apiserver/request";
import { matchesMap } from "../../apiserver/selectors/labels";
import type { Sim } from "../../component";
import { deepEqual } from "../../kernel/freeze";
import type { KubeObject } from "../../types";
import { isPodReady, isPodTerminal } from "../pod-state";

/** What Endpoints and EndpointSlices have in common: which pods a Service reaches, and on which ports. */

export interface EndpointPort {
  name?: string;
  port: number;
  protocol: string;
  appProtocol?: string;
}

/** A pod with an address that may serve; those that are going count for slices only. */
export const mayServe = (pod: KubeObject, includeTerminating: boolean): boolean =>
  !isPodTerminal(pod) && Boolean(pod.status?.podIP) && (includeTerminating || !pod.metadata.deletionTimestamp);

/** The pod's port behind a Service's port: a number as it is, a name as one of the pod's containers has it. */
export function findPort(pod: KubeObject, servicePort: any): number | undefined {
  const { targetPort, port, protocol } = servicePort;
  if (typeof targetPort === "number") return targetPort;
  if (targetPort === undefined || targetPort === "") return port;
  const sidecars = (pod.spec.initContainers ?? []).filter((container: any) => container.restartPolicy === "Always");
  for (const container of [...(pod.spec.containers ?? []), ...sidecars]) {
    for (const candidate of container.ports ?? []) {
      if (candidate.name === targetPort && (candidate.protocol ?? "TCP") === (protocol ?? "TCP"))
        return candidate.containerPort;
    }
  }
  return undefined;
}

/** The Service's ports as this pod serves them; a name that the pod does not know is left out. */
export function portsFor(service: KubeObject, pod: KubeObject): EndpointPort[] {
  return (service.spec.ports ?? []).flatMap((servicePort: any) => {
    const port = findPort(pod, servicePort);
    if (port === undefined) return [];
    return {
      ...(servicePort.name && { name: servicePort.name }),
      port,
      protocol: servicePort.protocol ?? "TCP",
      ...(servicePort.appProtocol && { appProtocol: servicePort.appProtocol }),
    };
  });
}

/** The name by which DNS knows this pod beneath a headless Service. */
export const hostnameFor = (service: KubeObject, pod: KubeObject): string | undefined =>
  pod.spec.hostname && pod.spec.subdomain === service.metadata.name ? pod.spec.hostname : undefined;

export const isHeadless = (service: KubeObject): boolean => service.spec.clusterIP === "None";

export const hasSelector = (service: KubeObject): boolean => Object.keys(service.spec.selector ?? {}).length > 0;

/** Services whose endpoints a pod's change may alter. */
export function* servicesOf(sim: Sim, { type, object, previous }: Change): Iterable<KubeObject> {
  const before = type === "MODIFIED" ? previous : undefined;
  if (before && !matters(before, object)) return;
  for (const service of sim.store.list("services", object.metadata.namespace)) {
    const { selector } = service.spec;
    if (matchesMap(selector, object.metadata.labels) || (before && matchesMap(selector, before.metadata.labels)))
      yield service;
  }
}

function matters(before: KubeObject, after: KubeObject): boolean {
  return (
    before.status?.podIP !== after.status?.podIP ||
    before.spec.nodeName !== after.spec.nodeName ||
    before.metadata.deletionTimestamp !== after.metadata.deletionTimestamp ||
    isPodTerminal(before) !== isPodTerminal(after) ||
    isPodReady(before) !== isPodReady(after) ||
    !deepEqual(before.metadata.labels, after.metadata.labels)
  );
}
