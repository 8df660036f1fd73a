import type { Configuration, ErrorPage, Settings } from "./configuration";
import { ConfigError, type Directive } from "./read-config";

const MINUTE_MS = 60_000;

export function defaultSettings(errorLog: Settings["errorLog"]): Settings {
  return {
    root: "/etc/nginx/html",
    index: ["index.html"],
    types: new Map([
      ["html", "text/html"],
      ["gif", "image/gif"],
      ["jpg", "image/jpeg"],
    ]),
    defaultType: "text/plain",
    accessLogs: [{ path: "/var/log/nginx/access.log", format: "combined" }],
    errorLog,
    errorPages: [],
    autoindex: false,
    serverTokens: true,
    headers: [],
    proxyHeaders: [],
    proxyHidden: [],
    proxyConnectTimeoutMs: MINUTE_MS,
    proxyReadTimeoutMs: MINUTE_MS,
    proxyInterceptErrors: false,
    proxyRedirect: true,
    maxBodyBytes: 1_048_576,
    access: [],
    hasResolver: false,
    absoluteRedirect: true,
    portInRedirect: true,
  };
}

/** Directives that may stand once in a block. */
const ONCE = new Set([
  "root",
  "alias",
  "default_type",
  "client_max_body_size",
  "autoindex",
  "proxy_pass",
  "server_tokens",
]);

/** The settings of a block: those of the block around it, with its own laid over. Lists replace, they do not add. */
export function applySettings(parent: Settings, block: Directive[], configuration: Configuration): Settings {
  const own: Settings = { ...parent };
  const seen = new Set<string>();
  const fresh = <T>(name: string, list: T[]): T[] => (seen.has(name) ? list : []);
  for (const directive of block) {
    const { name, args } = directive;
    const [first = ""] = args;
    if (seen.has(name) && ONCE.has(name)) throw new ConfigError(`"${name}" directive is duplicate`, directive);
    switch (name) {
      case "root":
        own.root = first.startsWith("/") || first.startsWith("$") ? first : `/etc/nginx/${first}`;
        break;
      case "index":
        own.index = [...fresh(name, own.index), ...args];
        break;
      case "types":
        own.types = new Map(
          directive.block!.flatMap((line) => line.args.map((extension) => [extension, line.name] as const)),
        );
        break;
      case "default_type":
        own.defaultType = first;
        break;
      case "access_log": {
        if (first === "off") own.accessLogs = [];
        else {
          const format = args[1] && !args[1].includes("=") ? args[1] : "combined";
          if (!configuration.formats.has(format)) throw new ConfigError(`unknown log format "${format}"`, directive);
          own.accessLogs = [...fresh(name, own.accessLogs), { path: absolute(first), format }];
        }
        break;
      }
      case "error_log":
        own.errorLog = { path: absolute(first), level: args[1] ?? "error" };
        break;
      case "error_page":
        own.errorPages = [...fresh(name, own.errorPages), errorPage(directive)];
        break;
      case "autoindex":
        own.autoindex = first === "on";
        break;
      case "server_tokens":
        own.serverTokens = first !== "off";
        break;
      case "add_header":
        if (args.length < 2 || args.length > 3)
          throw new ConfigError('invalid number of arguments in "add_header" directive', directive);
        own.headers = [...fresh(name, own.headers), { name: first, value: args[1]!, always: args[2] === "always" }];
        break;
      case "proxy_set_header":
        own.proxyHeaders = [...fresh(name, own.proxyHeaders), [first, args[1]!]];
        break;
      case "proxy_hide_header":
        own.proxyHidden = [...fresh(name, own.proxyHidden), first.toLowerCase()];
        break;
      case "proxy_connect_timeout":
        own.proxyConnectTimeoutMs = milliseconds(directive);
        break;
      case "proxy_read_timeout":
        own.proxyReadTimeoutMs = milliseconds(directive);
        break;
      case "proxy_intercept_errors":
        own.proxyInterceptErrors = first === "on";
        break;
      case "proxy_redirect":
        own.proxyRedirect = first !== "off";
        break;
      case "client_max_body_size":
        own.maxBodyBytes = bytes(directive);
        break;
      case "auth_basic":
        if (first === "off") delete own.authBasic;
        else own.authBasic = first;
        break;
      case "auth_basic_user_file":
        own.authFile = absolute(first);
        break;
      case "allow":
      case "deny": {
        const key = "access";
        own.access = [...(seen.has(key) ? own.access : []), { allow: name === "allow", who: first }];
        seen.add(key);
        break;
      }
      case "resolver":
        own.hasResolver = true;
        break;
      case "absolute_redirect":
        own.absoluteRedirect = first === "on";
        break;
      case "port_in_redirect":
        own.portInRedirect = first === "on";
        break;
      case "expires":
        own.expires = args.join(" ");
        break;
      case "proxy_http_version":
        if (first !== "1.0" && first !== "1.1") throw new ConfigError(`invalid value "${first}"`, directive);
        break;
    }
    seen.add(name);
  }
  return own;
}

const absolute = (path: string) =>
  path.startsWith("/") || path.startsWith("$") || path === "stderr" || path.startsWith("syslog:")
    ? path
    : `/etc/nginx/${path}`;

function errorPage(directive: Directive): ErrorPage {
  const uri = directive.args.at(-1)!;
  const codes: number[] = [];
  let overwrite: number | undefined;
  for (const word of directive.args.slice(0, -1)) {
    if (word.startsWith("=")) {
      overwrite = word === "=" ? 0 : Number(word.slice(1));
      continue;
    }
    const code = Number(word);
    if (!/^\d+$/.test(word)) throw new ConfigError(`invalid value "${word}"`, directive);
    if (code < 300 || code > 599) throw new ConfigError(`value "${word}" must be between 300 and 599`, directive);
    codes.push(code);
  }
  return { codes, uri, ...(overwrite !== undefined && { overwrite }) };
}

const TIME_UNITS: Record<string, number> = {
  ms: 1,
  s: 1000,
  m: MINUTE_MS,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

function milliseconds(directive: Directive): number {
  const parts = [...directive.args[0]!.matchAll(/(\d+)(ms|[smhdw])?\s*/g)];
  const text = parts.map((part) => part[0]).join("");
  if (parts.length === 0 || text !== directive.args[0])
    throw new ConfigError(`"${directive.name}" directive invalid value`, directive);
  return parts.reduce((sum, part) => sum + Number(part[1]) * TIME_UNITS[part[2] ?? "s"]!, 0);
}

const SIZE_UNITS: Record<string, number> = { "": 1, k: 1024, m: 1_048_576, g: 1_073_741_824 };

function bytes(directive: Directive): number {
  const match = /^(\d+)([kmg]?)$/i.exec(directive.args[0]!);
  if (!match) throw new ConfigError(`"${directive.name}" directive invalid value`, directive);
  return Number(match[1]) * SIZE_UNITS[match[2]!.toLowerCase()]!;
}
