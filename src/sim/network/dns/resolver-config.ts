import type { Sim } from "../../component";
import type { Pod, Service } from "../../kinds/types";
import { gatewayOf } from "../address";
import { workstationAddress } from "../places";
import type { Place } from "../types";

export const CLUSTER_DOMAIN = "cluster.local";
/** The C library's defaults, in seconds and tries. */
const TIMEOUT_SECONDS = 5;
const ATTEMPTS = 2;

/** What stands in /etc/resolv.conf. */
export interface ResolverConfig {
  nameservers: string[];
  search: string[];
  ndots: number;
  timeoutMs: number;
  attempts: number;
}

/** The kube-dns Service's address as kubelets hand it to pods (--cluster-dns): the tenth of the Service range. */
export function clusterDnsAddress(sim: Sim): string {
  const service = sim.store.get("services", "kube-system", "kube-dns") as Service | undefined;
  return service?.spec.clusterIP ?? sim.options.serviceCidr.replace(/\d+\/\d+$/, "10");
}

/** /etc/resolv.conf at a place, by the pod's dnsPolicy and dnsConfig. */
export function resolverConfig(sim: Sim, from: Place): ResolverConfig {
  const outside = { nameservers: [outsideServer(sim, from)], search: [] as string[], ndots: 1 };
  const pod = from.kind === "pod" ? (sim.store.get("pods", from.namespace, from.pod) as Pod | undefined) : undefined;
  const policy = pod?.spec.dnsPolicy ?? "ClusterFirst";
  const usesCluster =
    from.kind === "pod" &&
    (policy === "ClusterFirstWithHostNet" || (policy === "ClusterFirst" && !pod?.spec.hostNetwork));
  const inside = () => ({
    nameservers: [clusterDnsAddress(sim)],
    search: [
      `${(from as { namespace: string }).namespace}.svc.${CLUSTER_DOMAIN}`,
      `svc.${CLUSTER_DOMAIN}`,
      CLUSTER_DOMAIN,
    ],
    ndots: 5,
  });
  const none = { nameservers: [], search: [], ndots: 1 };
  const base = from.kind === "pod" && policy === "None" ? none : usesCluster ? inside() : outside;
  const own = pod?.spec.dnsConfig;
  const option = (name: string, fallback: number) => {
    const value = own?.options?.find((one) => one.name === name)?.value;
    return value === undefined ? fallback : Number(value);
  };
  return {
    nameservers: [...base.nameservers, ...(own?.nameservers ?? [])],
    search: [...base.search, ...(own?.searches ?? [])],
    ndots: option("ndots", base.ndots),
    timeoutMs: option("timeout", TIMEOUT_SECONDS) * 1000,
    attempts: option("attempts", ATTEMPTS),
  };
}

function outsideServer(sim: Sim, from: Place): string {
  return from.kind === "workstation" ? "127.0.0.53" : gatewayOf(workstationAddress(sim));
}
