import { isIpv4 } from "../../../network/address";
import type { Configuration, Location, Server } from "./configuration";

/** Which server and which location serve a request (https://nginx.org/en/docs/http/request_processing.html). */

/** The server for a host name among those that listen on a port; the default one where no name fits. */
export function selectServer(configuration: Configuration, port: number, host: string): Server | undefined {
  const candidates = configuration.servers.filter((server) => server.listens.some((listen) => listen.port === port));
  const name = host.toLowerCase();
  const wild = (test: (pattern: string) => boolean) => candidates.find((server) => server.names.some(test));
  return (
    wild((pattern) => pattern === name) ??
    longest(candidates, (pattern) => matchesLeading(pattern, name)) ??
    longest(candidates, (pattern) => pattern.endsWith(".*") && name.startsWith(pattern.slice(0, -1))) ??
    wild((pattern) => pattern.startsWith("~") && safeTest(pattern.slice(1), name)) ??
    candidates.find((server) => server.listens.some((listen) => listen.port === port && listen.isDefault)) ??
    candidates[0]
  );
}

function longest(servers: Server[], matches: (pattern: string) => boolean): Server | undefined {
  let best: { server: Server; length: number } | undefined;
  for (const server of servers) {
    for (const pattern of server.names) {
      if (matches(pattern) && pattern.length > (best?.length ?? 0)) best = { server, length: pattern.length };
    }
  }
  return best?.server;
}

function matchesLeading(pattern: string, name: string): boolean {
  if (pattern.startsWith("*.")) return name.endsWith(pattern.slice(1)) && name.length > pattern.length - 1;
  return pattern.startsWith(".") && (name === pattern.slice(1) || name.endsWith(pattern));
}

function safeTest(source: string, text: string): boolean {
  try {
    return new RegExp(source, "i").test(text);
  } catch {
    return false;
  }
}

/** An exact match, else the first pattern in order, else the longest prefix; `^~` on that prefix bars patterns. */
export function selectLocation(
  locations: Location[],
  uri: string,
): { location: Location; captures: RegExpExecArray | undefined } | undefined {
  let prefix: Location | undefined;
  for (const location of locations) {
    if (location.modifier === "=" && location.path === uri) return { location, captures: undefined };
    if (location.modifier !== "" && location.modifier !== "^~") continue;
    if (uri.startsWith(location.path) && location.path.length > (prefix?.path.length ?? -1)) prefix = location;
  }
  const inner = prefix && selectLocation(prefix.locations, uri);
  if (inner && (inner.location.pattern || inner.location.modifier === "=" || inner.location.modifier === "^~"))
    return inner;
  if (prefix?.modifier !== "^~") {
    for (const location of locations) {
      const captures = location.pattern?.exec(uri);
      if (captures) return { location: selectLocation(location.locations, uri)?.location ?? location, captures };
    }
  }
  return inner ?? (prefix && { location: prefix, captures: undefined });
}

export function namedLocation(locations: Location[], name: string): Location | undefined {
  return locations.find((location) => location.modifier === "@" && location.path === name);
}

/** `$host`: without port, in lower case. */
export function hostName(header: string): string {
  return header.replace(/:\d+$/, "").toLowerCase();
}

/** Decodes and tidies a path; undefined where it climbs above the root or is badly encoded: 400. */
export function normalisePath(raw: string): string | undefined {
  let text: string;
  try {
    text = decodeURIComponent(raw);
  } catch {
    return undefined;
  }
  if (!text.startsWith("/") || text.includes("\0")) return undefined;
  const parts: string[] = [];
  const all = text.split("/").slice(1);
  for (const [index, part] of all.entries()) {
    const last = index === all.length - 1;
    if (part === "..") {
      if (parts.length === 0) return undefined;
      parts.pop();
      if (last) parts.push("");
    } else if (part === "." || part === "") {
      if (last) parts.push("");
    } else parts.push(part);
  }
  return `/${parts.join("/")}`;
}

/** `allow` and `deny`: the first that fits decides. */
export function addressFits(who: string, address: string, inCidr: (address: string, cidr: string) => boolean): boolean {
  if (who === "all") return true;
  return isIpv4(who) ? who === address : who.includes("/") && inCidr(address, who);
}
