import { decodeBytes } from "@/posix/files/bytes";
import { basename } from "@/posix/files/path";
import { decodeBase64 } from "../../network/pki/base64";
import type { HttpRequest, HttpResponse } from "../../network/types";
import type { IncomingRequest, Program, ProgramContext, Step } from "../program";
import { type FlagDefinition, fatal, listenOn, logLine, parseFlags } from "./go";
import { goError, goResponse, header, httpDate, splitTarget } from "./http";
import { signJwt, verifyJwt } from "./jwt";

/**
 * The servers of the course "Scalable Microservices with Kubernetes": the monolith, and hello and auth into which it is
 * taken apart. One program with the routes of each.
 */

const FLAGS: FlagDefinition[] = [
  { name: "http", kind: "string", usage: "HTTP service address.", default: "0.0.0.0:80" },
  { name: "health", kind: "string", usage: "Health service address.", default: "0.0.0.0:81" },
  { name: "secret", kind: "string", usage: "JWT signing secret.", default: "secret" },
];

const ROUTES: Record<string, string[]> = {
  monolith: ["/", "/login", "/secure", "/version"],
  hello: ["/", "/secure", "/version"],
  auth: ["/login", "/version"],
};

const USERS: Record<string, { password: string; email: string }> = {
  user: { password: "password", email: "user@example.com" },
};

const VERSION = "1.0.0";
const TOKEN_HOURS = 72;
/** Well inside the 10Mi that the course grants it. */
const MEMORY_BYTES = 4_600_000;
const UNAVAILABLE = 503;

interface State {
  httpPort: number;
  healthPort: number;
  secret: string;
  routes: string;
  healthz: number;
  readiness: number;
}

type Served = Step<State | null> & { response: { http?: HttpResponse; reset?: boolean } };

export const monolith: Program<any> = {
  name: "monolith",

  start(context) {
    const program = basename(context.argv[0] ?? "monolith");
    const parsed = parseFlags(context.argv[0] ?? program, FLAGS, context.argv.slice(1));
    if (!("values" in parsed)) return { state: null, ...parsed };
    const { http, health, secret } = parsed.values as { http: string; health: string; secret: string };
    const banner = [
      "Starting server...",
      `Health service listening on ${health}`,
      `HTTP service listening on ${http}`,
    ].map((line) => logLine(context.nowMs, line));
    const listeners = [listenOn(health, context), listenOn(http, context)];
    for (const listener of listeners) {
      if ("error" in listener) return fatal(context.nowMs, listener.error, banner.join(""));
    }
    const [healthAt, httpAt] = listeners as { port: number; address: string }[];
    if (healthAt!.port === httpAt!.port) {
      return fatal(context.nowMs, `listen tcp ${http}: bind: address already in use`, banner.join(""));
    }
    return {
      state: {
        httpPort: httpAt!.port,
        healthPort: healthAt!.port,
        secret,
        routes: program in ROUTES ? program : "monolith",
        healthz: 200,
        readiness: 200,
      },
      stderr: banner.join(""),
      listen: [healthAt!, httpAt!],
      memoryBytes: MEMORY_BYTES,
      cpuMillicores: 1,
    };
  },

  onRequest(state: State, request, context): Served {
    if (request.tls || !request.http) return { state, response: {} };
    const log = accessLog(request, request.http, context);
    const { path } = splitTarget(request.http.path);
    const isHealth = request.port === state.healthPort;
    const next = isHealth ? switched(state, path) : state;
    const http = isHealth ? healthPage(next, path, request.http, context) : page(state, path, request.http, context);
    return { state: next, response: { http }, stdout: log };
  },

  onSignal(state: State, signal, context) {
    if (signal !== "SIGTERM" && signal !== "SIGINT") return { state, exit: 128 + (signal === "SIGHUP" ? 1 : 9) };
    const name = signal === "SIGTERM" ? "terminated" : "interrupt";
    return {
      state: { ...state, readiness: UNAVAILABLE },
      stderr: logLine(context.nowMs, `Captured ${name}. Exiting...`),
      exit: 0,
    };
  },
};

/** `127.0.0.1:59954 - - [Wed, 19 Oct 2016 15:22:34 UTC] "GET / HTTP/1.1" curl/7.47.0` */
function accessLog(request: IncomingRequest, http: HttpRequest, context: ProgramContext): string {
  const { address, port } = request.remote;
  const { path } = splitTarget(http.path);
  const agent = header(http, "user-agent") ?? "";
  return `${address}:${port} - - [${httpDate(context.nowMs, "UTC")}] "${http.method} ${path} HTTP/1.1" ${agent}\n`;
}

/** The two switches of the course: each visit turns the answer of the probe over. */
function switched(state: State, path: string): State {
  const turn = (status: number) => (status === 200 ? UNAVAILABLE : 200);
  if (path === "/healthz/status") return { ...state, healthz: turn(state.healthz) };
  if (path === "/readiness/status") return { ...state, readiness: turn(state.readiness) };
  return state;
}

function healthPage(state: State, path: string, http: HttpRequest, context: ProgramContext): HttpResponse {
  const answers: Record<string, number> = {
    "/healthz": state.healthz,
    "/readiness": state.readiness,
    "/healthz/status": 200,
    "/readiness/status": 200,
  };
  const status = answers[path];
  if (status === undefined) return goError(context.nowMs, http, 404, "404 page not found");
  return goResponse(context.nowMs, http, status, "");
}

function page(state: State, path: string, http: HttpRequest, context: ProgramContext): HttpResponse {
  const routes = ROUTES[state.routes]!;
  const route = routes.includes(path) ? path : "/";
  if (!routes.includes(route)) return goError(context.nowMs, http, 404, "404 page not found");
  const json = (value: unknown) => goResponse(context.nowMs, http, 200, `${JSON.stringify(value)}\n`);
  const refused = () => goError(context.nowMs, http, 401, "authorization failed");
  switch (route) {
    case "/version":
      return json({ version: VERSION });
    case "/login": {
      const user = basicAuth(http);
      return user === undefined ? refused() : json({ token: tokenFor(user, state.secret, context.nowMs) });
    }
    case "/secure": {
      const [scheme, token] = (header(http, "authorization") ?? "").split(" ");
      const valid = scheme === "Bearer" && token !== undefined && verifyJwt(token, state.secret, context.nowMs);
      return valid ? json({ message: "Hello" }) : refused();
    }
    default:
      return json({ message: "Hello" });
  }
}

function tokenFor(user: string, secret: string, nowMs: number): string {
  const nowSeconds = Math.floor(nowMs / 1000);
  const { email } = USERS[user]!;
  const exp = nowSeconds + TOKEN_HOURS * 3600;
  return signJwt({ email, exp, iat: nowSeconds, iss: "auth.service", sub: user }, secret);
}

/** The name of the user whose password came along. */
function basicAuth(http: HttpRequest): string | undefined {
  const [scheme, encoded] = (header(http, "authorization") ?? "").split(" ");
  if (scheme?.toLowerCase() !== "basic" || encoded === undefined) return undefined;
  let decoded: string;
  try {
    decoded = decodeBytes(decodeBase64(encoded));
  } catch {
    return undefined;
  }
  const colon = decoded.indexOf(":");
  const name = decoded.slice(0, colon);
  if (colon < 0 || !Object.hasOwn(USERS, name)) return undefined;
  return USERS[name]!.password === decoded.slice(colon + 1) ? name : undefined;
}
