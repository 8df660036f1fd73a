import { eventsLines } from "./events";
import type { Describer } from "./types";
import { head, mapText } from "./writer";

/** This many addresses are named before `+ N more...`. */
const ADDRESSES_SHOWN = 3;

export const describeService: Describer = async (w, service, world) => {
  const { metadata, spec, status = {} } = service;
  const slices = await world.list("endpointslices.discovery.k8s.io", metadata.namespace, {
    labels: `kubernetes.io/service-name=${metadata.name}`,
  });
  head(w, service);
  w.line(`Selector:\t${mapText(spec.selector)}`);
  w.line(`Type:\t${spec.type}`);
  if (spec.ipFamilyPolicy) w.line(`IP Family Policy:\t${spec.ipFamilyPolicy}`);
  w.line(`IP Families:\t${spec.ipFamilies?.length ? spec.ipFamilies.join(",") : "<none>"}`);
  w.line(`IP:\t${spec.clusterIP ?? ""}`);
  w.line(`IPs:\t${spec.clusterIPs?.length ? spec.clusterIPs.join(",") : "<none>"}`);
  if (spec.externalIPs?.length) w.line(`External IPs:\t${spec.externalIPs.join(",")}`);
  if (spec.loadBalancerIP) w.line(`Desired LoadBalancer IP:\t${spec.loadBalancerIP}`);
  if (spec.externalName) w.line(`External Name:\t${spec.externalName}`);
  if (status.loadBalancer?.ingress?.length)
    w.line(`LoadBalancer Ingress:\t${status.loadBalancer.ingress.map(ingressText).join(", ")}`);
  for (const port of spec.ports ?? []) {
    const name = port.name || "<unset>";
    w.line(`Port:\t${name}\t${port.port}/${port.protocol}`);
    w.line(`TargetPort:\t${port.targetPort}/${port.protocol}`);
    if (port.nodePort) w.line(`NodePort:\t${name}\t${port.nodePort}/${port.protocol}`);
    w.line(`Endpoints:\t${endpointsText(slices, port.name ?? "")}`);
  }
  w.line(`Session Affinity:\t${spec.sessionAffinity ?? ""}`);
  if (spec.externalTrafficPolicy) w.line(`External Traffic Policy:\t${spec.externalTrafficPolicy}`);
  if (spec.internalTrafficPolicy) w.line(`Internal Traffic Policy:\t${spec.internalTrafficPolicy}`);
  if (spec.healthCheckNodePort) w.line(`HealthCheck NodePort:\t${spec.healthCheckNodePort}`);
  if (spec.loadBalancerSourceRanges?.length)
    w.line(`LoadBalancer Source Ranges:\t${spec.loadBalancerSourceRanges.join(",")}`);
  eventsLines(w, await world.events(service), world.nowMs);
};

const ingressText = ({ ip, hostname, ipMode }: any): string =>
  ip ? `${ip}${ipMode ? ` (${ipMode})` : ""}` : (hostname ?? "");

/** Ready endpoints behind a port of a Service, as `describe` shows them: each by its first address. */
export function endpointsText(slices: any[], portName: string): string {
  if (slices.length === 0) return "<none>";
  const addresses: string[] = [];
  for (const slice of slices) {
    const ready: any[] = (slice.endpoints ?? []).filter(({ conditions }: any) => conditions?.ready !== false);
    // A headless Service may have no ports at all.
    if (!slice.ports?.length) addresses.push(...ready.map((endpoint) => endpoint.addresses[0]));
    for (const port of slice.ports ?? []) {
      if ((port.name ?? "") !== portName) continue;
      for (const {
        addresses: [first],
      } of ready)
        addresses.push(first.includes(":") ? `[${first}]:${port.port}` : `${first}:${port.port}`);
    }
  }
  const shown = addresses.slice(0, ADDRESSES_SHOWN).join(",");
  return addresses.length > ADDRESSES_SHOWN ? `${shown} + ${addresses.length - ADDRESSES_SHOWN} more...` : shown;
}

export const describeEndpoints: Describer = async (w, endpoints, world) => {
  head(w, endpoints);
  w.line("Subsets:");
  for (const subset of endpoints.subsets ?? []) {
    const list = (addresses: any[] | undefined) =>
      addresses?.length ? addresses.map(({ ip }) => ip).join(",") : "<none>";
    w.line(`  Addresses:\t${list(subset.addresses)}`);
    w.line(`  NotReadyAddresses:\t${list(subset.notReadyAddresses)}`);
    if (subset.ports?.length) {
      w.line("  Ports:");
      w.line("    Name\tPort\tProtocol");
      w.line("    ----\t----\t--------");
      for (const { name, port, protocol } of subset.ports) w.line(`    ${name || "<unset>"}\t${port}\t${protocol}`);
    }
    w.line("");
  }
  eventsLines(w, await world.events(endpoints), world.nowMs);
};

export const describeEndpointSlice: Describer = async (w, slice, world) => {
  head(w, slice);
  w.line(`AddressType:\t${slice.addressType}`);
  if (!slice.ports?.length) w.line("Ports: <unset>");
  else {
    w.line("Ports:");
    w.line("  Name\tPort\tProtocol");
    w.line("  ----\t----\t--------");
    for (const { name, port, protocol } of slice.ports)
      w.line(`  ${name || "<unset>"}\t${port ?? "<unset>"}\t${protocol}`);
  }
  if (!slice.endpoints?.length) w.line("Endpoints: <none>");
  else {
    w.line("Endpoints:");
    for (const endpoint of slice.endpoints) {
      w.write(1, `- Addresses:\t${(endpoint.addresses ?? []).join(", ")}\n`);
      w.write(2, "Conditions:\n");
      w.write(3, `Ready:\t${endpoint.conditions?.ready ?? "<unset>"}\n`);
      w.write(2, `Hostname:\t${endpoint.hostname ?? "<unset>"}\n`);
      if (endpoint.targetRef) w.write(2, `TargetRef:\t${endpoint.targetRef.kind}/${endpoint.targetRef.name}\n`);
      w.write(2, `NodeName:\t${endpoint.nodeName ?? "<unset>"}\n`);
      w.write(2, `Zone:\t${endpoint.zone ?? "<unset>"}\n`);
    }
  }
  eventsLines(w, await world.events(slice), world.nowMs);
};
