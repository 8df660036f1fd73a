import type { EndpointSlice, Ingress, Service } from "../../../kinds/types";
import type { Objects } from "../../../network/dns/types";
import { slicesAmong } from "../../../network/endpoints";
import { type Settings, settingsOf } from "./annotations";
import { type ControllerOptions, refusal } from "./options";

/** The configuration that the controller makes of Ingresses: servers by host, with their locations in order of precedence. */

export interface Backend {
  namespace: string;
  service: string;
  /** By number or name, as the Ingress has it. */
  port: number | string;
}

export interface Location {
  path: string;
  match: "exact" | "prefix" | "plain" | "regex";
  pattern?: RegExp;
  backend: Backend;
  settings: Settings;
  ingress: string;
  /** The Ingress of the other version, where there is a canary. */
  canary?: { backend: Backend; settings: Settings };
}

export interface Server {
  /** "_": whatever no other server has. */
  host: string;
  locations: Location[];
  tls?: { namespace: string; secret: string };
  hasTls: boolean;
}

const ANY = "_";

export function serversOf(objects: Objects, options: ControllerOptions): Map<string, Server> {
  const all = objects.list("ingresses.networking.k8s.io") as readonly Ingress[];
  const taken = all
    .filter((ingress) => refusal(objects, options, ingress) === undefined)
    // The older Ingress has a path that two claim.
    .sort((one, two) => (String(one.metadata.creationTimestamp) < String(two.metadata.creationTimestamp) ? -1 : 1));
  const servers = new Map<string, Server>([[ANY, { host: ANY, locations: [], hasTls: false }]]);
  const serverFor = (host: string): Server => {
    let server = servers.get(host);
    if (!server) {
      server = { host, locations: [], hasTls: false };
      servers.set(host, server);
    }
    return server;
  };
  const canaries: { host: string; location: Location }[] = [];
  for (const ingress of taken) {
    const settings = settingsOf(ingress.metadata.annotations as Record<string, string> | undefined);
    for (const { host, location } of locationsOf(ingress, settings)) {
      if (settings.canary) canaries.push({ host, location });
      else addLocation(serverFor(host), location);
    }
    if (settings.canary) continue;
    for (const { hosts, secretName } of ingress.spec.tls ?? []) {
      for (const host of hosts ?? []) {
        const server = serverFor(host.toLowerCase());
        server.hasTls = true;
        if (secretName) server.tls ??= { namespace: ingress.metadata.namespace!, secret: secretName };
      }
    }
  }
  for (const { host, location } of canaries) {
    const main = servers
      .get(host)
      ?.locations.find(({ path, match }) => path === location.path && match === location.match);
    if (main) main.canary ??= { backend: location.backend, settings: location.settings };
  }
  for (const server of servers.values()) order(server);
  return servers;
}

function locationsOf(ingress: Ingress, settings: Settings): { host: string; location: Location }[] {
  const namespace = ingress.metadata.namespace!;
  const name = `${namespace}/${ingress.metadata.name}`;
  const backendOf = (backend: any): Backend | undefined =>
    backend?.service && {
      namespace,
      service: backend.service.name,
      port: backend.service.port?.number ?? backend.service.port?.name ?? 0,
    };
  const found: { host: string; location: Location }[] = [];
  const fallback = backendOf(ingress.spec.defaultBackend);
  if (fallback)
    found.push({ host: ANY, location: { path: "/", match: "plain", backend: fallback, settings, ingress: name } });
  for (const rule of ingress.spec.rules ?? []) {
    for (const { path = "/", pathType, backend } of rule.http?.paths ?? []) {
      const to = backendOf(backend);
      if (!to) continue;
      const match = pathType === "Exact" ? "exact" : pathType === "Prefix" ? "prefix" : "plain";
      found.push({
        host: rule.host?.toLowerCase() || ANY,
        location: { path, match, backend: to, settings, ingress: name },
      });
    }
  }
  return found;
}

function addLocation(server: Server, location: Location): void {
  const same = server.locations.some(({ path, match }) => path === location.path && match === location.match);
  if (!same) server.locations.push(location);
}

/** Exact ones first, then the longer path. A rewrite or a regex in one location makes regexes of all of the host. */
function order(server: Server): void {
  const regex = server.locations.some(({ settings }) => settings.useRegex || capturing(settings.rewriteTarget));
  if (regex) {
    for (const location of server.locations) {
      if (location.match === "exact") continue;
      location.match = "regex";
      try {
        location.pattern = new RegExp(`^${location.path}`, "i");
      } catch {
        location.pattern = /^(?!)/;
      }
    }
  }
  const rank = ({ match }: Location) => (match === "exact" ? 0 : 1);
  server.locations.sort((one, two) => rank(one) - rank(two) || two.path.length - one.path.length);
}

const capturing = (target: string | undefined) => target !== undefined;

/** The server of a host: its own, one with a wildcard for the first label, or the one for all others. */
export function serverOf(servers: ReadonlyMap<string, Server>, host: string): Server {
  return servers.get(host) ?? servers.get(host.replace(/^[\w-]+/, "*")) ?? servers.get(ANY)!;
}

export function locationOf(server: Server, path: string): Location | undefined {
  return server.locations.find((location) => {
    if (location.match === "exact") return path === location.path;
    if (location.match === "regex") return location.pattern!.test(path);
    if (location.match === "plain") return path.startsWith(location.path);
    const bare = location.path.replace(/\/$/, "");
    return path === bare || path.startsWith(`${bare}/`);
  });
}

export interface Upstream {
  /** `default-web-80` */
  name: string;
  addresses: { address: string; port: number }[];
  missing?: string;
}

/** Ready endpoints of a backend: the controller sends to pods, past the Service's own address. */
export function upstreamOf(objects: Objects, { namespace, service: name, port }: Backend): Upstream {
  const upstream: Upstream = { name: `${namespace}-${name}-${port}`, addresses: [] };
  const service = objects.get("services", namespace, name) as Service | undefined;
  if (!service) return { ...upstream, missing: `no object matching key "${namespace}/${name}" in local store` };
  const wanted = service.spec.ports?.find((one) => one.port === port || one.name === port);
  if (!wanted) return upstream;
  if (service.spec.type === "ExternalName")
    return { ...upstream, addresses: [{ address: service.spec.externalName!, port: wanted.port }] };
  const slices = objects.list("endpointslices.discovery.k8s.io") as readonly EndpointSlice[];
  for (const slice of slicesAmong(slices, service)) {
    const target = slice.ports?.find((one) => (one.name ?? "") === (wanted.name ?? ""))?.port;
    if (target === undefined) continue;
    for (const { addresses, conditions } of slice.endpoints ?? [])
      if (conditions?.ready !== false)
        upstream.addresses.push(...addresses.map((address) => ({ address, port: target })));
  }
  return upstream;
}
