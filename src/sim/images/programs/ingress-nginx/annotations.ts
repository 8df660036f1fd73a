import { inCidr } from "../../../network/address";

/** The annotations of ingress-nginx that change how a location answers (kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations). */

const PREFIX = "nginx.ingress.kubernetes.io/";
const DEFAULT_BODY_BYTES = 1_048_576;
const DEFAULT_READ_SECONDS = 60;
const DEFAULT_CONNECT_SECONDS = 5;

export interface Settings {
  rewriteTarget?: string;
  useRegex: boolean;
  sslRedirect: boolean;
  forceSslRedirect: boolean;
  redirect?: { status: number; to: string };
  /** 0: no limit. */
  bodyLimitBytes: number;
  readTimeoutMs: number;
  connectTimeoutMs: number;
  /** Clients that may come in; undefined: all. */
  allowed?: string[];
  denied?: string[];
  canary?: Canary;
  auth?: { secret: string; realm: string };
  affinityCookie?: string;
  backendTls: boolean;
  appRoot?: string;
  upstreamHost?: string;
  cors?: { origin: string; methods: string; headers: string };
}

export interface Canary {
  weight: number;
  total: number;
  header?: string;
  headerValue?: string;
  cookie?: string;
}

export function settingsOf(annotations: Readonly<Record<string, string>> = {}): Settings {
  const text = (name: string): string | undefined => annotations[PREFIX + name]?.trim() || undefined;
  const flag = (name: string, fallback = false) => (text(name) === undefined ? fallback : text(name) === "true");
  const seconds = (name: string, fallback: number) => Number(text(name) ?? fallback) * 1000;
  const list = (...names: string[]) =>
    names
      .map(text)
      .find((one) => one !== undefined)
      ?.split(",")
      .map((one) => one.trim());
  const allowed = list("whitelist-source-range", "allowlist-source-range");
  const denied = list("denylist-source-range");
  const permanent = text("permanent-redirect");
  const temporary = text("temporal-redirect");
  const secret = text("auth-type") === "basic" ? text("auth-secret") : undefined;
  return {
    useRegex: flag("use-regex"),
    sslRedirect: flag("ssl-redirect", true),
    forceSslRedirect: flag("force-ssl-redirect"),
    bodyLimitBytes: bytes(text("proxy-body-size")),
    readTimeoutMs: seconds("proxy-read-timeout", DEFAULT_READ_SECONDS),
    connectTimeoutMs: seconds("proxy-connect-timeout", DEFAULT_CONNECT_SECONDS),
    backendTls: text("backend-protocol")?.toUpperCase() === "HTTPS",
    ...optional("rewriteTarget", text("rewrite-target")),
    ...optional("appRoot", text("app-root")),
    ...optional("upstreamHost", text("upstream-vhost")),
    ...optional("allowed", allowed),
    ...optional("denied", denied),
    ...(permanent && { redirect: { status: Number(text("permanent-redirect-code") ?? 301), to: permanent } }),
    ...(!permanent && temporary && { redirect: { status: 302, to: temporary } }),
    ...(flag("canary") && { canary: canaryOf(text) }),
    ...(secret && { auth: { secret, realm: text("auth-realm") ?? "" } }),
    ...(text("affinity") === "cookie" && { affinityCookie: text("session-cookie-name") ?? "INGRESSCOOKIE" }),
    ...(flag("enable-cors") && {
      cors: {
        origin: text("cors-allow-origin") ?? "*",
        methods: text("cors-allow-methods") ?? "GET, PUT, POST, DELETE, PATCH, OPTIONS",
        headers:
          text("cors-allow-headers") ??
          "DNT,Keep-Alive,User-Agent,X-Requested-With,If-Modified-Since,Cache-Control,Content-Type,Range,Authorization",
      },
    }),
  };
}

const optional = <K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> =>
  value === undefined ? {} : ({ [key]: value } as Record<K, V>);

function canaryOf(text: (name: string) => string | undefined): Canary {
  return {
    weight: Number(text("canary-weight") ?? 0),
    total: Number(text("canary-weight-total") ?? 100),
    ...optional("header", text("canary-by-header")),
    ...optional("headerValue", text("canary-by-header-value")),
    ...optional("cookie", text("canary-by-cookie")),
  };
}

/** `8m`, `512k`, `0`: sizes as nginx reads them. */
function bytes(text: string | undefined): number {
  const match = /^(\d+)([kmg]?)$/i.exec(text ?? "");
  if (!match) return DEFAULT_BODY_BYTES;
  return Number(match[1]) * { "": 1, k: 1024, m: 1_048_576, g: 1_073_741_824 }[match[2]!.toLowerCase() as ""];
}

export const mayEnter = ({ allowed, denied }: Settings, address: string): boolean =>
  (!allowed || allowed.some((range) => inRange(address, range))) && !denied?.some((range) => inRange(address, range));

const inRange = (address: string, range: string) => (range.includes("/") ? inCidr(address, range) : address === range);
