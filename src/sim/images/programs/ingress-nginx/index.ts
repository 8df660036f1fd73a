import { byteLength } from "@/posix/files/bytes";
import { civil } from "../../../kernel/time";
import type { HttpResponse } from "../../../network/types";
import type { IncomingRequest, OutgoingResponse, Program, ProgramContext } from "../../program";
import { commonLogTime, header, httpDate, splitTarget } from "../http";
import { statusPage } from "../nginx/pages";
import { mayEnter } from "./annotations";
import { chainOf, fakeCertificate } from "./certificates";
import { controllerOptions } from "./options";
import { authorized } from "./passwords";
import { type Backend, type Location, locationOf, type Server, serverOf, serversOf, upstreamOf } from "./servers";
import { type Attempt, forwarded, proxy } from "./upstream";

/**
 * The ingress controller of the Kubernetes project, with nginx inside: a reverse proxy that is configured by Ingresses
 * (https://kubernetes.github.io/ingress-nginx/). Addresses and events of Ingresses are `controllers/ingress-nginx`'s.
 */

interface State {
  /** Whose turn it is, by upstream. */
  turns: Record<string, number>;
}

const MEMORY_BYTES = 92 * 1_048_576;
const HEALTH_PORT = 10_254;
const HTTPS_PORT = 443;
/** nginx's version inside the controller, as its pages would tell it if they told it. */
const NGINX_VERSION = "1.25.5";
/** Turns are remembered for this many upstreams. */
const TURNS_LIMIT = 256;

export const ingressNginx: Program<any> = {
  name: "ingress-nginx",
  start(context) {
    const line = (text: string) => klog(context, "I", text);
    return {
      state: { turns: {} } satisfies State,
      memoryBytes: MEMORY_BYTES,
      cpuMillicores: 3,
      listen: [{ port: 80 }, { port: HTTPS_PORT }, { port: HEALTH_PORT }],
      stderr: [
        "-------------------------------------------------------------------------------\nNGINX Ingress controller\n  Release:       v1.12.1\n  Build:         51c2b819690bbf1709b844dbf321a9acf6eda5a7\n  Repository:    https://github.com/kubernetes/ingress-nginx\n  nginx version: nginx/1.25.5\n\n-------------------------------------------------------------------------------\n\n",
        line('main.go:205] "Creating API client" host="https://10.96.0.1:443"'),
        line(
          'main.go:248] "Running in Kubernetes cluster" major="1" minor="33" git="v1.33.4" state="clean" platform="linux/amd64"',
        ),
        line(
          'main.go:101] "SSL fake certificate created" file="/etc/ingress-controller/ssl/default-fake-certificate.pem"',
        ),
        line('nginx.go:273] "Starting NGINX Ingress controller"'),
        line('nginx.go:317] "Starting NGINX process"'),
        line('controller.go:196] "Configuration changes detected, backend reload required"'),
        line('controller.go:216] "Backend successfully reloaded"'),
      ].join(""),
    };
  },
  onRequest(state: State, request, context) {
    if (request.port === HEALTH_PORT) return { state, response: health(request, context) };
    const tls = request.tls ? { chainPem: certificateFor(request.tls.serverName, context) } : undefined;
    const secure = tls ? { tls } : {};
    if (!request.http) return { state, response: { ...secure, ...(request.raw !== undefined && { reset: true }) } };
    if (request.port === HTTPS_PORT && !request.tls)
      return { state, response: { http: page(context, request, 497, true) } };
    const { response, log, turns } = serve(state, request, context);
    return { state: turns ? { turns } : state, stdout: log, response: { ...response, ...secure } };
  },
  onSignal: (state, signal) => ({ state, exit: signal === "SIGTERM" || signal === "SIGQUIT" ? 0 : 137 }),
};

function health({ http, tls }: IncomingRequest, context: ProgramContext): OutgoingResponse {
  if (!http || tls) return {};
  const found = splitTarget(http.path).path === "/healthz";
  const body = found ? "ok" : "404 page not found\n";
  return { http: respond(context, found ? 200 : 404, body, [["Content-Type", "text/plain; charset=utf-8"]]) };
}

function certificateFor(name: string | undefined, context: ProgramContext): string {
  const options = controllerOptions(context.argv);
  const server = name === undefined ? undefined : serverOf(serversOf(context.objects, options), name.toLowerCase());
  const [namespace, secret] = options.defaultCertificate?.split("/") ?? [];
  for (const one of [server?.tls, namespace && secret ? { namespace, secret } : undefined]) {
    const chain = one && chainOf(context.objects, one.namespace, one.secret);
    if (chain && "pem" in chain) return chain.pem;
  }
  return fakeCertificate();
}

interface Served {
  response: OutgoingResponse;
  log: string;
  turns?: Record<string, number>;
}

function serve(state: State, request: IncomingRequest, context: ProgramContext): Served {
  const http = request.http!;
  const host = (header(http, "Host") ?? "").toLowerCase().replace(/:\d+$/, "");
  const { path, query } = splitTarget(http.path);
  const server = serverOf(serversOf(context.objects, controllerOptions(context.argv)), host);
  const location = locationOf(server, path);
  const requestId = Array.from({ length: 8 }, () =>
    Math.floor(context.random() * 65_536)
      .toString(16)
      .padStart(4, "0"),
  ).join("");
  const done = (response: HttpResponse, name = "", attempts: Attempt[] = [], delayMs = 0): Served => ({
    response: { http: withHsts(response, request), ...(delayMs > 0 && { delayMs }) },
    log: accessLine(context, request, response, name, attempts, requestId),
  });
  if (!location) return done(page(context, request, 404), "upstream-default-backend");
  const early = beforeProxy(context, request, server, location, host, path);
  const own = `${location.backend.namespace}-${location.backend.service}-${location.backend.port}`;
  if (early) return done(early, own);
  const chosen = canaryOrMain(context, request, location);
  const upstream = upstreamOf(context.objects, chosen);
  if (upstream.addresses.length === 0) return done(page(context, request, 503), upstream.name);
  const cookie = location.settings.affinityCookie;
  const sticky = cookie === undefined ? undefined : cookieOf(request, cookie);
  const turn = sticky === undefined ? (state.turns[upstream.name] ?? 0) : hash(sticky);
  const first = turn % upstream.addresses.length;
  const target = rewritten(location, path) + (query ? `?${query}` : "");
  const sent = forwarded(request, target, header(http, "Host") ?? host, location.settings, requestId);
  const result = proxy(context, request, sent, upstream, location.settings, first);
  const more: [string, string][] = [];
  if (cookie !== undefined && sticky === undefined) {
    const seed = seedFor(`${context.nowMs / 1000}.${first}`, requestId, first, upstream.addresses.length);
    more.push(["Set-Cookie", `${cookie}=${seed}; Path=${location.path}; HttpOnly`]);
  }
  const answer = result.http ? passOn(context, result.http, more, location) : page(context, request, result.status);
  const turns = { ...(Object.keys(state.turns).length < TURNS_LIMIT ? state.turns : {}), [upstream.name]: turn + 1 };
  return { ...done(answer, upstream.name, result.attempts, result.delayMs), ...(sticky === undefined && { turns }) };
}

/** What nginx says before it asks anybody: redirects, refusals. */
function beforeProxy(
  context: ProgramContext,
  request: IncomingRequest,
  server: Server,
  { settings, backend, path: root }: Location,
  host: string,
  path: string,
): HttpResponse | undefined {
  const http = request.http!;
  const to = (status: number, target: string) => page(context, request, status, false, [["Location", target]]);
  if (settings.redirect) return to(settings.redirect.status, settings.redirect.to);
  if (!request.tls && ((server.hasTls && settings.sslRedirect) || settings.forceSslRedirect))
    return to(308, `https://${host}${http.path === "/" ? "" : http.path}`);
  if (settings.appRoot && path === "/" && root === "/")
    return to(302, `${request.tls ? "https" : "http"}://${host}${settings.appRoot}`);
  if (!mayEnter(settings, request.remote.address)) return page(context, request, 403);
  if (settings.auth) {
    const known = authorized(context.objects, backend.namespace, settings.auth.secret, header(http, "Authorization"));
    // Without its Secret a location is closed to all.
    if (known === undefined) return page(context, request, 503);
    if (!known)
      return page(context, request, 401, false, [["WWW-Authenticate", `Basic realm="${settings.auth.realm}"`]]);
  }
  if (settings.bodyLimitBytes > 0 && byteLength(http.body) > settings.bodyLimitBytes)
    return page(context, request, 413);
  if (settings.cors && http.method === "OPTIONS")
    return respond(context, 204, "", [
      ["Access-Control-Allow-Origin", settings.cors.origin],
      ["Access-Control-Allow-Methods", settings.cors.methods],
      ["Access-Control-Allow-Headers", settings.cors.headers],
      ["Access-Control-Max-Age", "1728000"],
    ]);
  return undefined;
}

/** Header first, then cookie, then weight: the order of ingress-nginx. */
function canaryOrMain(context: ProgramContext, request: IncomingRequest, { backend, canary }: Location): Backend {
  const rule = canary?.settings.canary;
  if (!canary || !rule) return backend;
  const sent = rule.header === undefined ? undefined : header(request.http!, rule.header);
  if (sent !== undefined) {
    if (rule.headerValue !== undefined) {
      if (sent === rule.headerValue) return canary.backend;
    } else if (sent === "always") return canary.backend;
    else if (sent === "never") return backend;
  }
  const cookie = rule.cookie === undefined ? undefined : cookieOf(request, rule.cookie);
  if (cookie === "always") return canary.backend;
  if (cookie === "never") return backend;
  return rule.weight > 0 && context.random() * rule.total < rule.weight ? canary.backend : backend;
}

function cookieOf({ http }: IncomingRequest, name: string): string | undefined {
  const all = (header(http!, "Cookie") ?? "").split(";").map((one) => one.trim());
  return all.find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1);
}

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value >>> 0;
}

/** Salts that are tried until a cookie leads where it should; with so few endpoints one of the first does. */
const SALTS_LIMIT = 10_000;

/** A cookie that leads to the endpoint which it was given with. */
function seedFor(base: string, requestId: string, wanted: number, count: number): string {
  for (let salt = 0; salt < SALTS_LIMIT; salt++) {
    const text = `${base}.${salt}|${requestId}`;
    if (hash(text) % count === wanted) return text;
  }
  return `${base}|${requestId}`;
}

function rewritten({ settings, pattern, match, path: own }: Location, path: string): string {
  const target = settings.rewriteTarget;
  if (target === undefined) return path;
  if (match === "exact" || !pattern) return path === own ? target.replace(/\$\d/g, "") : path;
  const groups = pattern.exec(path);
  if (!groups) return path;
  // nginx's rewrite replaces the whole path by the target.
  return target.replace(/\$(\d)/g, (_, index) => groups[Number(index)] ?? "") || "/";
}

function passOn(
  context: ProgramContext,
  http: HttpResponse,
  more: [string, string][],
  { settings }: Location,
): HttpResponse {
  const hidden = /^(server|date|connection|keep-alive|transfer-encoding)$/i;
  const cors: [string, string][] = settings.cors
    ? [
        ["Access-Control-Allow-Origin", settings.cors.origin],
        ["Access-Control-Allow-Credentials", "true"],
      ]
    : [];
  const kept = http.headers.filter(([name]) => !hidden.test(name));
  return {
    ...http,
    headers: [["Date", httpDate(context.nowMs)], ...kept, ["Connection", "keep-alive"], ...more, ...cors],
  };
}

function withHsts(response: HttpResponse, { tls }: IncomingRequest): HttpResponse {
  if (!tls || response.status >= 400) return response;
  const hsts: [string, string] = ["Strict-Transport-Security", "max-age=31536000; includeSubDomains"];
  return { ...response, headers: [...response.headers, hsts] };
}

function respond(context: ProgramContext, status: number, body: string, headers: [string, string][]): HttpResponse {
  return {
    status,
    headers: [
      ["Date", httpDate(context.nowMs)],
      ...headers,
      ["Content-Length", String(byteLength(body))],
      ["Connection", "keep-alive"],
    ],
    body,
  };
}

function page(
  context: ProgramContext,
  { http }: IncomingRequest,
  status: number,
  plainToTls = false,
  more: [string, string][] = [],
): HttpResponse {
  const text = statusPage(status, NGINX_VERSION, false);
  const response = respond(context, plainToTls ? 400 : status, text, [["Content-Type", "text/html"], ...more]);
  return http?.method === "HEAD" ? { ...response, body: "" } : response;
}

/** The controller's own log format (log-format-upstream). */
function accessLine(
  context: ProgramContext,
  { http, remote, tls }: IncomingRequest,
  response: HttpResponse,
  upstream: string,
  attempts: readonly Attempt[],
  requestId: string,
): string {
  const request = http!;
  const user = "-";
  const list = (value: (attempt: Attempt) => string) => attempts.map(value).join(", ") || "-";
  const length =
    request.path.length + request.method.length + request.headers.join("").length + byteLength(request.body);
  const seconds = attempts.reduce((sum, { ms }) => sum + ms, 0) / 1000;
  const protocol = tls ? "HTTP/2.0" : "HTTP/1.1";
  return `${remote.address} - ${user} [${commonLogTime(context.nowMs)}] "${request.method} ${request.path} ${protocol}" ${response.status} ${byteLength(response.body)} "${header(request, "Referer") ?? "-"}" "${header(request, "User-Agent") ?? "-"}" ${length} ${seconds.toFixed(3)} [${upstream}] [] ${list(({ address }) => address)} ${list((one) => String(one.length))} ${list(({ ms }) => (ms / 1000).toFixed(3))} ${list(({ status }) => String(status))} ${requestId}\n`;
}

/** `I0105 09:00:00.000000       7 main.go:205] …` */
export function klog({ nowMs }: Pick<ProgramContext, "nowMs">, level: "I" | "W" | "E", text: string): string {
  const { month, day, hour, minute, second, millisecond } = civil(nowMs);
  const pad = (value: number, width = 2) => String(value).padStart(width, "0");
  return `${level}${pad(month)}${pad(day)} ${pad(hour)}:${pad(minute)}:${pad(second)}.${pad(millisecond, 3)}000       7 ${text}\n`;
}
