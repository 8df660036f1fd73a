import type { Store } from "../../apiserver/store";
import type { KubeObject } from "../../types";

export const API_SERVICES = "apiservices.apiregistration.k8s.io";

const availability = (service: KubeObject | undefined): any =>
  service?.status?.conditions?.find(({ type }: { type: string }) => type === "Available");

/** Whether another server serves this group and version, `v1beta1.metrics.k8s.io`, and can be asked. */
export const isServed = (store: Pick<Store, "list">, name: string): boolean =>
  store
    .list(API_SERVICES)
    .some((service) => service.metadata.name === name && availability(service)?.status === "True");

/** Whether it is registered, but cannot be asked. */
export function isUnavailable(store: Pick<Store, "get">, group: string, version: string): boolean {
  const service = store.get(API_SERVICES, undefined, `${version}.${group}`);
  return service?.spec.service !== undefined && availability(service)?.status !== "True";
}
