/** A configuration as it is served from: compiled once per reading, never part of the state. */

export interface LogTarget {
  path: string;
  format: string;
}

export interface ErrorPage {
  codes: number[];
  /** `=200`, or `=` (0) for whatever the page answers; undefined keeps the code. */
  overwrite?: number;
  uri: string;
}

/** What locations inherit from servers, and servers from http. */
export interface Settings {
  root: string;
  index: string[];
  types: Map<string, string>;
  defaultType: string;
  accessLogs: LogTarget[];
  errorLog: { path: string; level: string };
  errorPages: ErrorPage[];
  autoindex: boolean;
  serverTokens: boolean;
  headers: { name: string; value: string; always: boolean }[];
  proxyHeaders: [name: string, value: string][];
  proxyHidden: string[];
  proxyConnectTimeoutMs: number;
  proxyReadTimeoutMs: number;
  proxyInterceptErrors: boolean;
  proxyRedirect: boolean;
  maxBodyBytes: number;
  authBasic?: string;
  authFile?: string;
  access: { allow: boolean; who: string }[];
  hasResolver: boolean;
  absoluteRedirect: boolean;
  portInRedirect: boolean;
  expires?: string;
}

export type Rule =
  | { kind: "return"; code: number; text?: string }
  | { kind: "rewrite"; pattern: RegExp; replacement: string; flag: "" | "last" | "break" | "redirect" | "permanent" }
  | { kind: "set"; name: string; value: string }
  | { kind: "break" }
  | { kind: "if"; condition: Condition; rules: Rule[]; proxyPass?: ProxyPass; settings: Settings };

export type Condition =
  | { kind: "true"; value: string }
  | { kind: "equal"; value: string; other: string; negate: boolean }
  | { kind: "match"; value: string; pattern: RegExp; negate: boolean }
  | { kind: "file"; test: "f" | "d" | "e" | "x"; path: string; negate: boolean };

export interface ProxyPass {
  scheme: "http" | "https";
  /** Name of an upstream, or `host:port` as written. Empty where the URL has variables. */
  upstream: string;
  /** What stands after host and port; undefined where there is nothing. */
  uri?: string;
  /** The whole URL where it has variables. */
  template?: string;
}

export interface Location {
  modifier: "" | "=" | "^~" | "~" | "~*" | "@";
  path: string;
  pattern?: RegExp;
  settings: Settings;
  rules: Rule[];
  locations: Location[];
  alias?: string;
  tryFiles?: string[];
  proxyPass?: ProxyPass;
  /** fastcgi_pass and its like: nobody answers them here. */
  otherPass?: string;
  stubStatus: boolean;
  internal: boolean;
}

export interface Listen {
  address: string;
  port: number;
  ssl: boolean;
  isDefault: boolean;
}

export interface Server {
  listens: Listen[];
  names: string[];
  settings: Settings;
  rules: Rule[];
  locations: Location[];
  tryFiles?: string[];
  chainPem?: string;
}

export interface Peer {
  host: string;
  address: string;
  port: number;
  weight: number;
  backup: boolean;
}

export interface Upstream {
  name: string;
  peers: Peer[];
  method: "round-robin" | "ip-hash" | "least-conn" | "random";
  /** Written as an upstream block, or made of a proxy_pass address. */
  explicit: boolean;
}

export interface VariableMap {
  source: string;
  entries: { pattern: RegExp | string; value: string }[];
  fallback: string;
}

export interface Configuration {
  servers: Server[];
  upstreams: Map<string, Upstream>;
  formats: Map<string, string>;
  maps: Map<string, VariableMap>;
  errorLog: { path: string; level: string };
  pidPath: string;
  daemon: boolean;
  /** Log files that nginx opens when it starts. */
  logFiles: string[];
}
