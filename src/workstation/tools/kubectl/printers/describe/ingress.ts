import { eventsLines } from "./events";
import { endpointsText } from "./services";
import type { Describer, World } from "./types";
import { annotationsLines, head, labelsLines, timeText } from "./writer";

export const describeIngress: Describer = async (w, ingress, world) => {
  const { metadata, spec, status = {} } = ingress;
  const points: string[] = (status.loadBalancer?.ingress ?? []).map(({ ip, hostname }: any) => ip || hostname);
  w.line(`Name:\t${metadata.name}`);
  labelsLines(w, "Labels", metadata.labels);
  w.line(`Namespace:\t${metadata.namespace}`);
  w.line(`Address:\t${[...new Set(points)].sort().join(",")}`);
  w.line(`Ingress Class:\t${spec.ingressClassName ?? "<none>"}`);
  const backend = spec.defaultBackend ? await backendText(spec.defaultBackend, metadata.namespace, world) : "<default>";
  w.line(`Default backend:\t${backend}`);
  if (spec.tls?.length) {
    w.line("TLS:");
    for (const { secretName, hosts = [] } of spec.tls)
      w.line(secretName ? `  ${secretName} terminates ${hosts.join(",")}` : `  SNI routes ${hosts.join(",")}`);
  }
  w.line("Rules:");
  w.line("  Host\tPath\tBackends");
  w.line("  ----\t----\t--------");
  const rules: any[] = (spec.rules ?? []).filter(({ http }: any) => http);
  for (const { host, http } of rules) {
    w.line(`  ${host || "*"}\t`);
    for (const path of http.paths)
      w.line(`    \t${path.path ?? ""} \t${await backendText(path.backend, metadata.namespace, world)}`);
  }
  if (rules.length === 0) w.line(`  *\t*\t${backend}`);
  annotationsLines(w, "Annotations", metadata.annotations);
  eventsLines(w, await world.events(ingress), world.nowMs);
};

/** `web:80 (10.244.1.2:8080)` */
async function backendText({ service, resource }: any, namespace: string, world: World): Promise<string> {
  if (resource) return `APIGroup: ${resource.apiGroup ?? "<none>"}, Kind: ${resource.kind}, Name: ${resource.name}`;
  const { name, port = {} } = service;
  const text = `${name}:${port.number || port.name}`;
  const found = await world.get("services", namespace, name);
  if (!found) return `${text} (<error: services "${name}" not found>)`;
  const matching = (found.spec.ports ?? []).filter((one: any) =>
    port.number ? one.port === port.number : one.name === port.name,
  );
  const slices = await world.list("endpointslices.discovery.k8s.io", namespace, {
    labels: `kubernetes.io/service-name=${name}`,
  });
  return `${text} (${endpointsText(slices, matching.at(-1)?.name ?? "")})`;
}

export const describeIngressClass: Describer = async (w, ingressClass, world) => {
  head(w, ingressClass, false);
  const { controller, parameters } = ingressClass.spec;
  w.line(`Controller:\t${controller}`);
  if (parameters) {
    w.line("Parameters:");
    if (parameters.apiGroup !== undefined) w.line(`  APIGroup:\t${parameters.apiGroup}`);
    w.line(`  Kind:\t${parameters.kind}`);
    w.line(`  Name:\t${parameters.name}`);
  }
  eventsLines(w, await world.events(ingressClass), world.nowMs);
};

export const describeServiceCidr: Describer = async (w, range, world) => {
  head(w, range, false);
  w.line(`CIDRs:\t${(range.spec.cidrs ?? []).join(", ")}`);
  const conditions: any[] = range.status?.conditions ?? [];
  if (conditions.length > 0) {
    w.line("Status:");
    w.line("Conditions:");
    w.line("  Type\tStatus\tLastTransitionTime\tReason\tMessage");
    w.line("  ----\t------\t------------------\t------\t-------");
    for (const { type, status, lastTransitionTime, reason, message } of conditions)
      w.line(`  ${type}\t${status}\t${timeText(lastTransitionTime)}\t${reason}\t${message}`);
  }
  eventsLines(w, await world.events(range), world.nowMs);
};

export const describeIpAddress: Describer = async (w, address, world) => {
  head(w, address, false);
  const parent = address.spec.parentRef;
  if (parent) {
    w.line("Parent Reference:");
    w.line(`  Group:\t${parent.group ?? ""}`);
    w.line(`  Resource:\t${parent.resource}`);
    w.line(`  Namespace:\t${parent.namespace ?? ""}`);
    w.line(`  Name:\t${parent.name}`);
  }
  eventsLines(w, await world.events(address), world.nowMs);
};
