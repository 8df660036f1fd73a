import type { Configuration, Peer, ProxyPass, Upstream } from "./configuration";
import type { Environment } from "./environment";
import { ConfigError, type Directive } from "./read-config";

const DEFAULT_PORTS = { http: 80, https: 443 } as const;

/** An `upstream name { server …; }` block; names are resolved now, once, as nginx does. */
export function compileUpstream(directive: Directive, environment: Environment): Upstream {
  const upstream: Upstream = { name: directive.args[0]!, peers: [], method: "round-robin", explicit: true };
  for (const item of directive.block!) {
    if (item.name === "ip_hash") upstream.method = "ip-hash";
    if (item.name === "least_conn") upstream.method = "least-conn";
    if (item.name === "random") upstream.method = "random";
    if (item.name === "server") upstream.peers.push(...peersOf(item, environment));
  }
  if (upstream.peers.length === 0 && !directive.block!.some((item) => item.name === "server")) {
    throw new ConfigError(`no servers are inside upstream`, directive);
  }
  return upstream;
}

function peersOf(directive: Directive, environment: Environment): Peer[] {
  const [where = "", ...options] = directive.args;
  let weight = 1;
  for (const option of options) {
    const known = /^(weight|max_fails|fail_timeout|max_conns|slow_start|route|service)=(.+)$/.exec(option);
    if (known?.[1] === "weight") weight = Number(known[2]);
    if ((!known && !["backup", "down", "resolve", "drain"].includes(option)) || !(weight >= 1)) {
      throw new ConfigError(`invalid parameter "${option}"`, directive);
    }
  }
  if (options.includes("down")) return [];
  if (where.startsWith("unix:"))
    return [{ host: where, address: where, port: 0, weight, backup: options.includes("backup") }];
  const { host, port } = hostAndPort(where, 80, directive, where);
  return addressesOf(host, where, environment, directive).map((address) => ({
    host,
    address,
    port,
    weight,
    backup: options.includes("backup"),
  }));
}

function hostAndPort(
  text: string,
  fallback: number,
  directive: Directive,
  shown: string,
): { host: string; port: number } {
  const colon = text.lastIndexOf(":");
  const host = colon < 0 ? text : text.slice(0, colon);
  const port = colon < 0 ? fallback : Number(text.slice(colon + 1));
  if (colon >= 0 && (!/^\d+$/.test(text.slice(colon + 1)) || port < 1 || port > 65_535)) {
    throw new ConfigError(`invalid port in upstream "${shown}"`, directive);
  }
  if (host === "") throw new ConfigError(`no host in upstream "${shown}"`, directive);
  return { host, port };
}

function addressesOf(host: string, shown: string, environment: Environment, directive: Directive): string[] {
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) return [host];
  const addresses = environment.resolve(host);
  if (addresses.length === 0) throw new ConfigError(`host not found in upstream "${shown}"`, directive);
  return addresses;
}

/** What `proxy_pass` says. A URI part is refused where there is no prefix that it could stand for. */
export function parseProxyPass(directive: Directive, withoutPrefix: boolean): ProxyPass {
  const [url = ""] = directive.args;
  const scheme = url.startsWith("https://") ? "https" : "http";
  if (url.includes("$")) return { scheme, upstream: "", template: url };
  if (!/^https?:\/\//i.test(url)) throw new ConfigError("invalid URL prefix", directive);
  const rest = url.slice(scheme.length + 3);
  const slash = rest.search(/[/?]/);
  const upstream = slash < 0 ? rest : rest.slice(0, slash);
  if (slash >= 0 && withoutPrefix) {
    throw new ConfigError(
      '"proxy_pass" cannot have URI part in location given by regular expression, or inside named location, or inside "if" statement, or inside "limit_except" block',
      directive,
    );
  }
  if (upstream === "") throw new ConfigError(`no host in upstream "${rest}"`, directive);
  return { scheme, upstream, ...(slash >= 0 && { uri: rest.slice(slash) }) };
}

/** An address in `proxy_pass` that is no upstream's name becomes an upstream of its own. */
export function addressUpstream(
  pass: ProxyPass,
  configuration: Configuration,
  environment: Environment,
  directive: Directive,
): void {
  const { upstream, scheme } = pass;
  if (configuration.upstreams.has(upstream)) return;
  const { host, port } = hostAndPort(upstream, DEFAULT_PORTS[scheme], directive, upstream);
  const addresses = addressesOf(host, host, environment, directive);
  const peers = addresses.map((address) => ({ host, address, port, weight: 1, backup: false }));
  configuration.upstreams.set(`${scheme}://${upstream}`, {
    name: upstream,
    peers,
    method: "round-robin",
    explicit: false,
  });
}

export function upstreamOf(configuration: Configuration, pass: ProxyPass): Upstream | undefined {
  return configuration.upstreams.get(pass.upstream) ?? configuration.upstreams.get(`${pass.scheme}://${pass.upstream}`);
}
