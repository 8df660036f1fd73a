import { matchesMap } from "@/sim/apiserver/selectors/labels";
import type { Cluster } from "@/sim/cluster";
import type { Pod, Service } from "@/sim/kinds/types";
import type { Cause } from "../report";
import { explainPod } from "./pod";

/** Why a Service does not lead anywhere, down to the pods; empty where it does. */
export function explainService(cluster: Cluster, service: Service): Cause[] {
  const { name, namespace } = service.metadata;
  const object = { resource: "services", namespace: namespace!, name };
  const { selector } = service.spec;
  if (!selector || Object.keys(selector).length === 0) return [];
  const text = Object.entries(selector)
    .map(([key, value]) => `${key}=${value}`)
    .join(",");
  const pods = cluster.store.list("pods", namespace) as readonly Pod[];
  const matching = pods.filter((pod) =>
    matchesMap(selector as Record<string, string>, pod.metadata.labels as Record<string, string>),
  );
  if (matching.length === 0) {
    const near = pods.find((pod) =>
      Object.entries(selector).some(([key, value]) => pod.metadata.labels?.[key] === value),
    );
    return [
      { text: `Service ${name} has no endpoints: no pod has the labels ${text}`, object },
      ...(near
        ? [
            {
              text: `pod ${near.metadata.name} has only ${labelText(near)}`,
              object: { resource: "pods", namespace: namespace!, name: near.metadata.name },
            },
          ]
        : []),
    ];
  }
  const ready = matching.filter((pod) => explainPod(cluster, pod).length === 0);
  if (ready.length === 0)
    return [{ text: `Service ${name} has no ready endpoints`, object }, ...explainPod(cluster, matching[0]!)];
  return explainPorts(cluster, service, ready[0]!);
}

const labelText = (pod: Pod) =>
  Object.entries(pod.metadata.labels ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .join(",");

/** A target port where nobody listens. */
function explainPorts(cluster: Cluster, service: Service, pod: Pod): Cause[] {
  const listening = cluster.runtime.listening(pod.metadata.uid).map((listener) => listener.port);
  const object = { resource: "services", namespace: service.metadata.namespace!, name: service.metadata.name };
  const causes: Cause[] = [];
  for (const port of service.spec.ports ?? []) {
    const wanted = port.targetPort ?? port.port;
    const named = typeof wanted === "string" && !/^\d+$/.test(wanted);
    const number = named
      ? pod.spec.containers.flatMap((one) => one.ports ?? []).find((one) => one.name === wanted)?.containerPort
      : Number(wanted);
    if (number === undefined)
      causes.push({
        text: `Service ${service.metadata.name} leads to port ${wanted}, which no container of pod ${pod.metadata.name} names`,
        object,
      });
    else if (!listening.includes(number)) {
      causes.push({
        text: `Service ${service.metadata.name} leads port ${port.port} to ${number}, but pod ${pod.metadata.name} listens on ${listening.join(", ") || "no port"}`,
        object,
      });
    }
  }
  return causes;
}

/** Whose address this is, and what is wrong with it. */
export function explainHost(cluster: Cluster, host: string, port: number): Cause[] {
  const [first, second, third] = host.split(".");
  if (first === "loadbalancer") {
    const service = cluster.store.get("services", third ?? "default", second!) as Service | undefined;
    if (!service) return [{ text: `there is no Service ${second} in namespace ${third ?? "default"}` }];
    const object = { resource: "services", namespace: service.metadata.namespace!, name: second! };
    if (service.spec.type !== "LoadBalancer")
      return [{ text: `Service ${second} is of type ${service.spec.type}, not LoadBalancer`, object }];
    if (!service.spec.ports?.some((one) => one.port === port)) {
      return [
        {
          text: `Service ${second} has no port ${port}, but ${service.spec.ports?.map((one) => one.port).join(", ")}`,
          object,
        },
      ];
    }
    if (!service.status?.loadBalancer?.ingress?.length)
      return [{ text: `Service ${second} has no external address yet`, object }];
    return explainService(cluster, service);
  }
  if (first === "node") {
    const service = (cluster.store.list("services") as readonly Service[]).find((one) =>
      one.spec.ports?.some((candidate) => candidate.nodePort === port),
    );
    return service ? explainService(cluster, service) : [{ text: `no Service has the node port ${port}` }];
  }
  const service = cluster.store.get("services", second && second !== "svc" ? second : "default", first!) as
    | Service
    | undefined;
  return service ? explainService(cluster, service) : [];
}
