import { patternOf, rulesOf } from "./compile-rules";
import { applySettings, defaultSettings } from "./compile-settings";
import { addressUpstream, compileUpstream, parseProxyPass } from "./compile-upstream";
import type { Configuration, Listen, Location, Server, Settings, VariableMap } from "./configuration";
import type { Environment } from "./environment";
import { ConfigError, type Directive, readConfiguration } from "./read-config";
import { loadCertificate } from "./tls-files";
import { checkVariables } from "./variable-names";

/** Reads and compiles the configuration; throws `ConfigError` with nginx's words where nginx would not start. */
export function compile(environment: Environment): Configuration {
  const directives = readConfiguration(environment);
  checkVariables(directives);
  const configuration: Configuration = {
    servers: [],
    upstreams: new Map(),
    formats: new Map([["combined", COMBINED]]),
    maps: new Map(),
    errorLog: { path: "/var/log/nginx/error.log", level: "error" },
    pidPath: "/var/run/nginx.pid",
    daemon: true,
    logFiles: [],
  };
  if (!directives.some((item) => item.name === "events")) throw new ConfigError('no "events" section in configuration');
  for (const directive of directives) {
    const [first = ""] = directive.args;
    if (directive.name === "error_log") configuration.errorLog = { path: first, level: directive.args[1] ?? "error" };
    if (directive.name === "pid") configuration.pidPath = first.startsWith("/") ? first : `/etc/nginx/${first}`;
    if (directive.name === "daemon") configuration.daemon = first === "on";
    if (directive.name === "http") compileHttp(directive, configuration, environment);
  }
  configuration.logFiles = logFiles(configuration);
  return configuration;
}

const COMBINED =
  '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"';

function compileHttp(http: Directive, configuration: Configuration, environment: Environment): void {
  const block = http.block!;
  for (const directive of block) {
    if (directive.name === "log_format") {
      const [name = "", ...parts] = directive.args;
      if (configuration.formats.has(name) && name !== "combined")
        throw new ConfigError(`duplicate "log_format" name "${name}"`, directive);
      configuration.formats.set(name, parts.filter((part) => !part.startsWith("escape=")).join(""));
    }
    if (directive.name === "upstream") {
      const upstream = compileUpstream(directive, environment);
      if (configuration.upstreams.has(upstream.name))
        throw new ConfigError(`duplicate upstream "${upstream.name}"`, directive);
      configuration.upstreams.set(upstream.name, upstream);
    }
    if (directive.name === "map") configuration.maps.set(directive.args[1]!.slice(1), compileMap(directive));
  }
  const settings = applySettings(defaultSettings(configuration.errorLog), block, configuration);
  for (const directive of block) {
    if (directive.name === "server")
      configuration.servers.push(compileServer(directive, settings, configuration, environment, block));
  }
  checkDefaults(configuration);
}

function compileServer(
  directive: Directive,
  parent: Settings,
  configuration: Configuration,
  environment: Environment,
  http: Directive[],
): Server {
  const block = directive.block!;
  const settings = applySettings(parent, block, configuration);
  const sslOn = block.some((item) => item.name === "ssl" && item.args[0] === "on");
  const listens = block
    .filter((item) => item.name === "listen")
    .flatMap((item) => parseListen(item, sslOn, environment));
  if (listens.length === 0) listens.push({ address: "0.0.0.0", port: 80, ssl: sslOn, isDefault: false });
  const names = block
    .filter((item) => item.name === "server_name")
    .flatMap((item) => item.args.map((name) => name.toLowerCase()));
  const chainPem = loadCertificate(
    directive,
    block,
    http,
    environment,
    listens.some((listen) => listen.ssl),
  );
  const tryFiles = block.find((item) => item.name === "try_files")?.args;
  return {
    listens,
    names: names.length > 0 ? names : [""],
    settings,
    rules: rulesOf(block, settings, configuration, environment),
    locations: compileLocations(block, settings, configuration, environment),
    ...(tryFiles && { tryFiles }),
    ...(chainPem !== undefined && { chainPem }),
  };
}

function compileLocations(
  block: Directive[],
  parent: Settings,
  configuration: Configuration,
  environment: Environment,
  within?: Location,
): Location[] {
  const locations: Location[] = [];
  for (const directive of block) {
    if (directive.name !== "location") continue;
    const location = compileLocation(directive, parent, configuration, environment, within);
    const same = locations.some(
      (other) => other.path === location.path && kindOf(other) === kindOf(location) && !location.pattern,
    );
    if (same) throw new ConfigError(`duplicate location "${location.path}"`, directive);
    locations.push(location);
  }
  return locations;
}

const kindOf = (location: Location) => (location.modifier === "^~" ? "" : location.modifier);

function compileLocation(
  directive: Directive,
  parent: Settings,
  configuration: Configuration,
  environment: Environment,
  within?: Location,
): Location {
  const { args } = directive;
  const block = directive.block!;
  const { modifier, path } = args.length === 2 ? { modifier: args[0]!, path: args[1]! } : splitModifier(args[0]!);
  if (!["", "=", "^~", "~", "~*", "@"].includes(modifier))
    throw new ConfigError(`invalid location modifier "${modifier}"`, directive);
  const isPattern = modifier === "~" || modifier === "~*";
  if (within && !isPattern && !within.pattern && !path.startsWith(within.path)) {
    throw new ConfigError(`location "${path}" is outside location "${within.path}"`, directive);
  }
  const settings = applySettings(parent, block, configuration);
  const pass = block.find((item) => item.name === "proxy_pass");
  const location: Location = {
    modifier: modifier as Location["modifier"],
    path,
    ...(isPattern && { pattern: patternOf(path, modifier === "~*", directive) }),
    settings,
    rules: rulesOf(block, settings, configuration, environment),
    locations: [],
    stubStatus: block.some((item) => item.name === "stub_status"),
    internal: block.some((item) => item.name === "internal"),
  };
  location.locations = compileLocations(block, settings, configuration, environment, location);
  const alias = block.find((item) => item.name === "alias");
  if (alias) location.alias = alias.args[0]!;
  const root = block.find((item) => item.name === "root");
  if (alias && root) {
    const second = block.indexOf(alias) > block.indexOf(root) ? alias : root;
    throw new ConfigError(
      `"${second.name}" directive is duplicate, "${second === alias ? "root" : "alias"}" directive was specified earlier`,
      second,
    );
  }
  const tryFiles = block.find((item) => item.name === "try_files");
  if (tryFiles) location.tryFiles = tryFiles.args;
  const other = block.find((item) => /^(fastcgi|uwsgi|scgi|grpc)_pass$/.test(item.name));
  if (other) location.otherPass = other.args[0]!;
  if (pass) {
    location.proxyPass = parseProxyPass(pass, isPattern || modifier === "@");
    if (location.proxyPass.template === undefined)
      addressUpstream(location.proxyPass, configuration, environment, pass);
  }
  return location;
}

/** `=/path` and `~*\.php$` may be written without a space. */
function splitModifier(text: string): { modifier: string; path: string } {
  const modifier = ["=", "^~", "~*", "~", "@"].find((item) => text.startsWith(item)) ?? "";
  return { modifier, path: modifier === "@" ? text : text.slice(modifier.length) };
}

function parseListen(directive: Directive, sslOn: boolean, environment: Environment): Listen[] {
  const [where = "", ...options] = directive.args;
  for (const option of options) {
    const name = option.split("=")[0]!;
    if (!LISTEN_OPTIONS.has(name)) throw new ConfigError(`invalid parameter "${option}"`, directive);
  }
  const ssl = sslOn || options.includes("ssl");
  const isDefault = options.includes("default_server") || options.includes("default");
  if (where.startsWith("unix:")) return [];
  // IPv6 is the same socket here: the network of the simulation speaks IPv4.
  const v6 = /^\[(.*)\](?::(\d+))?$/.exec(where);
  const colon = where.lastIndexOf(":");
  const host = v6 ? "0.0.0.0" : /^\d+$/.test(where) ? "0.0.0.0" : colon >= 0 ? where.slice(0, colon) : where;
  const portText = v6 ? (v6[2] ?? "80") : /^\d+$/.test(where) ? where : colon >= 0 ? where.slice(colon + 1) : "80";
  const port = Number(portText);
  if (!/^\d+$/.test(portText) || port < 1 || port > 65_535)
    throw new ConfigError(`invalid port in "${where}" of the "listen" directive`, directive);
  const address = host === "*" || host === "" ? "0.0.0.0" : host;
  if (!/^[\d.]+$/.test(address)) {
    const [found] = environment.resolve(address);
    if (found === undefined) throw new ConfigError(`host not found in "${where}" of the "listen" directive`, directive);
    return [{ address: found, port, ssl, isDefault }];
  }
  return [{ address, port, ssl, isDefault }];
}

const LISTEN_OPTIONS = new Set([
  "accept_filter",
  "backlog",
  "bind",
  "default",
  "default_server",
  "deferred",
  "fastopen",
  "http2",
  "ipv6only",
  "proxy_protocol",
  "quic",
  "rcvbuf",
  "reuseport",
  "setfib",
  "sndbuf",
  "so_keepalive",
  "spdy",
  "ssl",
]);

function checkDefaults(configuration: Configuration): void {
  const seen = new Set<string>();
  for (const server of configuration.servers) {
    for (const listen of server.listens) {
      if (!listen.isDefault) continue;
      const key = `${listen.address}:${listen.port}`;
      if (seen.has(key) && !server.listens.some((other) => other !== listen && other.port === listen.port)) {
        throw new ConfigError(`a duplicate default server for ${key}`);
      }
      seen.add(key);
    }
  }
}

function compileMap(directive: Directive): VariableMap {
  const map: VariableMap = { source: directive.args[0]!, entries: [], fallback: "" };
  for (const entry of directive.block!) {
    const value = entry.args[0] ?? "";
    if (entry.name === "default") map.fallback = value;
    else if (entry.name === "hostnames" || entry.name === "volatile") continue;
    else if (entry.name.startsWith("~")) {
      const insensitive = entry.name.startsWith("~*");
      map.entries.push({ pattern: patternOf(entry.name.slice(insensitive ? 2 : 1), insensitive, entry), value });
    } else map.entries.push({ pattern: entry.name.replace(/^\\/, ""), value });
  }
  return map;
}

/** Where nginx will write; a `$` in a path is opened later. */
function logFiles(configuration: Configuration): string[] {
  const paths = new Set([configuration.errorLog.path]);
  const visit = (settings: Settings, locations: Location[]) => {
    paths.add(settings.errorLog.path);
    for (const log of settings.accessLogs) paths.add(log.path);
    for (const location of locations) visit(location.settings, location.locations);
  };
  for (const server of configuration.servers) visit(server.settings, server.locations);
  return [...paths].filter((path) => path.startsWith("/") && !path.includes("$"));
}
