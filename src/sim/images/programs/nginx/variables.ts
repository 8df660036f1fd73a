import { byteLength } from "@/posix/files/bytes";
import { civil, rfc3339 } from "../../../kernel/time";
import { commonLogTime, queryParameter } from "../http";
import { type Exchange, headerOf } from "./exchange";

/** Maps that look at maps are followed this far. */
const DEPTH_LIMIT = 10;
const NAME = /\$(?:\{([A-Za-z0-9_]+)\}|([A-Za-z_][A-Za-z0-9_]*|\d))/g;

/** What is only known once the answer is made. */
export interface Sent {
  status: number;
  bodyBytes: number;
  headers: [string, string][];
}

/** Fills the variables of a text in. */
export function expand(exchange: Exchange, template: string, sent?: Sent, depth = 0): string {
  if (!template.includes("$")) return template;
  return template.replace(NAME, (_, braced, plain) => variable(exchange, braced ?? plain, sent, depth));
}

function variable(exchange: Exchange, name: string, sent: Sent | undefined, depth: number): string {
  if (/^\d$/.test(name)) return exchange.captures[Number(name)] ?? "";
  const own = exchange.values.get(name);
  if (own !== undefined) return own;
  const map = exchange.configuration.maps.get(name);
  if (map && depth < DEPTH_LIMIT) {
    const source = expand(exchange, map.source, sent, depth + 1);
    const entry = map.entries.find(({ pattern }) =>
      typeof pattern === "string" ? pattern.toLowerCase() === source.toLowerCase() : pattern.test(source),
    );
    return expand(exchange, entry?.value ?? map.fallback, sent, depth + 1);
  }
  const lower = name.toLowerCase();
  const { http } = exchange;
  if (lower.startsWith("http_")) return headerOf(http, lower.slice(5).replaceAll("_", "-")) ?? "";
  if (lower.startsWith("sent_http_")) return (sent && headerOf(sent, lower.slice(10).replaceAll("_", "-"))) ?? "";
  if (lower.startsWith("arg_")) return queryParameter(exchange.args, name.slice(4)) ?? "";
  if (lower.startsWith("cookie_")) return cookie(headerOf(http, "cookie") ?? "", name.slice(7));
  const read = Object.hasOwn(VALUES, lower) ? VALUES[lower]! : () => "";
  return read(exchange, sent);
}

function cookie(header: string, name: string): string {
  const found = header.split(/;\s*/).find((pair) => pair.startsWith(`${name}=`));
  return found?.slice(name.length + 1) ?? "";
}

const originalArgs = (exchange: Exchange) => exchange.args;

/** `$proxy_add_x_forwarded_for` */
function forwardedFor(exchange: Exchange): string {
  const before = headerOf(exchange.http, "x-forwarded-for");
  const { address } = exchange.incoming.remote;
  return before ? `${before}, ${address}` : address;
}

export function documentRoot(exchange: Exchange): string {
  return expand(exchange, exchange.settings.root).replace(/\/$/, "");
}

/** The file that a URI stands for, by `root` or `alias`. */
export function fileOf(exchange: Exchange, uri = exchange.uri): string {
  const { location } = exchange;
  if (location?.alias !== undefined) {
    const alias = expand(exchange, location.alias);
    return location.pattern ? alias : alias + uri.slice(location.path.length);
  }
  return documentRoot(exchange) + uri;
}

const VALUES: Record<string, (exchange: Exchange, sent?: Sent) => string> = {
  args: originalArgs,
  query_string: originalArgs,
  is_args: (exchange) => (exchange.args === "" ? "" : "?"),
  body_bytes_sent: (_, sent) => String(sent?.bodyBytes ?? 0),
  bytes_sent: (_, sent) => String((sent?.bodyBytes ?? 0) + 200),
  connection: (exchange) => String(exchange.connection),
  connection_requests: () => "1",
  content_length: (exchange) => headerOf(exchange.http, "content-length") ?? "",
  content_type: (exchange) => headerOf(exchange.http, "content-type") ?? "",
  document_root: documentRoot,
  realpath_root: documentRoot,
  document_uri: (exchange) => exchange.uri,
  uri: (exchange) => exchange.uri,
  host: (exchange) => exchange.host,
  hostname: (exchange) => exchange.context.hostname,
  https: (exchange) => (exchange.ssl ? "on" : ""),
  scheme: (exchange) => (exchange.ssl ? "https" : "http"),
  msec: (exchange) => (exchange.context.nowMs / 1000).toFixed(3),
  nginx_version: (exchange) => exchange.version,
  pid: () => "29",
  pipe: () => ".",
  proxy_add_x_forwarded_for: forwardedFor,
  proxy_host: (exchange) => exchange.location?.proxyPass?.upstream ?? "",
  proxy_port: (exchange) =>
    exchange.location?.proxyPass?.upstream.split(":")[1] ??
    (exchange.location?.proxyPass?.scheme === "https" ? "443" : "80"),
  remote_addr: (exchange) => exchange.incoming.remote.address,
  realip_remote_addr: (exchange) => exchange.incoming.remote.address,
  binary_remote_addr: (exchange) => exchange.incoming.remote.address,
  remote_port: (exchange) => String(exchange.incoming.remote.port),
  remote_user: (exchange) => exchange.user,
  request: (exchange) => `${exchange.http.method} ${exchange.http.path} HTTP/1.1`,
  request_body: (exchange) => exchange.http.body,
  request_completion: () => "OK",
  request_filename: (exchange) => fileOf(exchange),
  request_id: (exchange) => (exchange.connection * 0x9e3779b1).toString(16).padStart(32, "0").slice(-32),
  request_length: (exchange) => String(requestLength(exchange)),
  request_method: (exchange) => exchange.http.method,
  request_time: (exchange) => (exchange.delayMs / 1000).toFixed(3),
  request_uri: (exchange) => exchange.http.path,
  server_addr: (exchange) => exchange.context.podIp,
  server_name: (exchange) => exchange.server.names[0] ?? "",
  server_port: (exchange) => String(exchange.incoming.port),
  server_protocol: () => "HTTP/1.1",
  ssl_protocol: (exchange) => (exchange.ssl ? "TLSv1.3" : ""),
  ssl_cipher: (exchange) => (exchange.ssl ? "TLS_AES_256_GCM_SHA384" : ""),
  ssl_server_name: (exchange) => exchange.incoming.tls?.serverName ?? "",
  status: (_, sent) => String(sent?.status ?? 0).padStart(3, "0"),
  time_iso8601: (exchange) => rfc3339(exchange.context.nowMs).replace("Z", "+00:00"),
  time_local: (exchange) => commonLogTime(exchange.context.nowMs),
  upstream_addr: (exchange) => exchange.upstreamAddress,
  upstream_status: (exchange) => exchange.upstreamStatus,
  upstream_response_time: (exchange) => (exchange.upstreamAddress === "" ? "" : (exchange.delayMs / 1000).toFixed(3)),
};

function requestLength(exchange: Exchange): number {
  const { http } = exchange;
  const headers = http.headers.reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0);
  return http.method.length + http.path.length + 12 + headers + 2 + byteLength(http.body);
}

/** `20/Nov/2026 11:39`: the times of a directory listing. */
export function listingTime(timeMs: number): string {
  const t = civil(timeMs);
  const pad = (value: number) => String(value).padStart(2, "0");
  const month = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][t.month - 1]!;
  return `${pad(t.day)}-${month}-${t.year} ${pad(t.hour)}:${pad(t.minute)}`;
}
