import type { HttpRequest, HttpResponse } from "../../network/types";
import type { IncomingRequest, Program, ProgramContext, Step } from "../program";
import { logLine } from "./go";
import { goError, goResponse, header, logTime, queryParameter, splitTarget } from "./http";

/** "Kubernetes Up and Running"'s demonstration server: pages about itself, probes that can be told to fail. */

const PORT = 8080;
const BASE_MEMORY_BYTES = 6 * 1_048_576;
/** What /mem/api/alloc may add in one go: enough to meet any limit. */
const ALLOC_LIMIT_BYTES = 64 * 1_073_741_824;
const HISTORY_LIMIT = 20;

interface Probe {
  /** Answers to fail: a number, or -1 for all. */
  failNext: number;
  lastId: number;
  history: { id: number; whenMs: number; code: number }[];
}

interface State {
  version: string;
  allocated: number;
  healthy: Probe;
  ready: Probe;
}

export const kuard: Program<any> = {
  name: "kuard",
  start(context) {
    const { nowMs } = context;
    const version = context.env.KUARD_VERSION ?? "v0.10.0-blue";
    const stars = "*".repeat(70);
    const log = [
      `Starting kuard version: ${version}`,
      stars,
      "* WARNING: This server may expose sensitive",
      "* and secret information. Be careful.",
      stars,
      'Config: \n{\n  "address": ":8080",\n  "debug": false,\n  "debug-sitedata-dir": "./sitedata",\n  "keygen": {\n    "enable": false,\n    "exit-code": 0,\n    "exit-on-complete": false,\n    "memq-queue": "",\n    "memq-server": "",\n    "num-to-gen": 0,\n    "time-to-run": 0\n  },\n  "liveness": {\n    "fail-next": 0\n  },\n  "readiness": {\n    "fail-next": 0\n  },\n  "tls-address": ":8443",\n  "tls-dir": "/tls"\n}',
      "Could not find certificates to serve TLS",
    ];
    const stderr = log.map((text) => logLine(nowMs, text)).join("");
    if (context.portTaken?.(PORT)) {
      return {
        state: null,
        stderr: stderr + logLine(nowMs, `listen tcp :${PORT}: bind: address already in use`),
        exit: 1,
      };
    }
    const probe: Probe = { failNext: 0, lastId: 0, history: [] };
    return {
      state: { version, allocated: 0, healthy: probe, ready: probe } satisfies State,
      stderr: stderr + logLine(nowMs, `Serving on HTTP on :${PORT}`),
      listen: [{ port: PORT }],
      memoryBytes: BASE_MEMORY_BYTES,
      cpuMillicores: 1,
    };
  },

  onRequest(state: State, request, context) {
    const { http } = request;
    if (!http || request.tls) return { state, response: {} };
    const stderr = `${logTime(context.nowMs)} ${request.remote.address}:${request.remote.port} ${http.method} ${http.path}\n`;
    return { ...route(state, request, http, context), stderr };
  },

  onSignal(state: State, signal) {
    const codes: Record<string, number> = { SIGTERM: 143, SIGINT: 130, SIGHUP: 129, SIGQUIT: 2 };
    return { state, exit: codes[signal] ?? 137 };
  },
};

type Served = Step<State> & { response: { http: HttpResponse } };

function route(state: State, request: IncomingRequest, http: HttpRequest, context: ProgramContext): Served {
  const { path, query } = splitTarget(http.path);
  const { nowMs } = context;
  const say = (status: number, body: string, type?: string): HttpResponse =>
    goResponse(nowMs, http, status, body, type);
  const json = (value: unknown) => say(200, `${JSON.stringify(value)}\n`, "application/json");
  const same = (response: HttpResponse): Served => ({ state, response: { http: response } });
  const probePath = /^\/(healthy|ready)(\/api(?:\/config)?)?\/?$/.exec(path);
  if (probePath) return probe(state, probePath[1] as "healthy" | "ready", probePath[2] ?? "", http, context);
  switch (path) {
    case "/":
      return same(say(200, indexPage(state, request, http, context), "text/html"));
    case "/env/api":
    case "/env":
      return same(json({ commandLine: [...context.argv], env: { ...context.env } }));
    case "/mem/api":
    case "/mem":
      return same(json(memory(state)));
    case "/mem/api/alloc": {
      const size = Number(queryParameter(query, "size") ?? "");
      if (!Number.isInteger(size) || size < 0)
        return same(
          goError(
            nowMs,
            http,
            400,
            `strconv.ParseInt: parsing "${queryParameter(query, "size") ?? ""}": invalid syntax`,
          ),
        );
      const allocated = Math.min(ALLOC_LIMIT_BYTES, state.allocated + size);
      return {
        state: { ...state, allocated },
        memoryBytes: BASE_MEMORY_BYTES + allocated,
        response: { http: say(200, "") },
      };
    }
    case "/mem/api/clear":
      return { state: { ...state, allocated: 0 }, memoryBytes: BASE_MEMORY_BYTES, response: { http: say(200, "") } };
    case "/dns/api": {
      const name = dnsName(http);
      const addresses = name === undefined ? [] : context.resolve(name).addresses;
      return same(json({ result: addresses.map((address) => `${name}.\t30\tIN\tA\t${address}`).join("\n") }));
    }
    default:
      if (path === "/fs" || path.startsWith("/fs/")) return same(fileBrowser(path.slice(3) || "/", http, context));
      return same(goError(nowMs, http, 404, "404 page not found"));
  }
}

function dnsName(http: HttpRequest): string | undefined {
  try {
    const body = JSON.parse(http.body) as { name?: unknown };
    return typeof body.name === "string" ? body.name : undefined;
  } catch {
    return undefined;
  }
}

function probe(
  state: State,
  which: "healthy" | "ready",
  rest: string,
  http: HttpRequest,
  context: ProgramContext,
): Served {
  const { nowMs } = context;
  const current = state[which];
  if (rest === "/api") {
    const history = current.history.map((entry) => ({
      id: entry.id,
      when: `${logTime(entry.whenMs).replaceAll("/", "-").replace(" ", "T")}Z`,
      relWhen: `${Math.round((nowMs - entry.whenMs) / 1000)} seconds ago`,
      code: entry.code,
    }));
    const body = { probePath: `/${which}`, failNext: current.failNext, history };
    return { state, response: { http: goResponse(nowMs, http, 200, `${JSON.stringify(body)}\n`, "application/json") } };
  }
  if (rest === "/api/config") {
    const failNext = failNextOf(http);
    if (http.method !== "PUT" || failNext === undefined) {
      const status = http.method === "PUT" ? 400 : 405;
      return {
        state,
        response: { http: goError(nowMs, http, status, status === 405 ? "Method Not Allowed" : "invalid request") },
      };
    }
    return {
      state: { ...state, [which]: { ...current, failNext } },
      response: { http: goResponse(nowMs, http, 200, "") },
    };
  }
  const fails = current.failNext !== 0;
  const code = fails ? 500 : 200;
  const id = current.lastId + 1;
  const next: Probe = {
    failNext: current.failNext > 0 ? current.failNext - 1 : current.failNext,
    lastId: id,
    history: [{ id, whenMs: nowMs, code }, ...current.history].slice(0, HISTORY_LIMIT),
  };
  const response = fails ? goError(nowMs, http, 500, "fail") : goResponse(nowMs, http, 200, "ok");
  return { state: { ...state, [which]: next }, response: { http: response } };
}

function failNextOf(http: HttpRequest): number | undefined {
  try {
    const { failNext } = JSON.parse(http.body) as { failNext?: unknown };
    return typeof failNext === "number" && Number.isInteger(failNext) ? failNext : undefined;
  } catch {
    return undefined;
  }
}

function memory(state: State) {
  const heap = 2_400_000 + state.allocated;
  return {
    memStats: {
      Alloc: heap,
      TotalAlloc: heap + 600_000,
      Sys: BASE_MEMORY_BYTES + state.allocated,
      HeapAlloc: heap,
      HeapObjects: 9021,
    },
  };
}

function indexPage(state: State, request: IncomingRequest, http: HttpRequest, context: ProgramContext): string {
  const html = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const pageContext = {
    urlBase: "",
    hostname: context.hostname,
    addrs: [context.podIp],
    version: state.version,
    versionColor: `hsl(${[...state.version].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 360, 7)},100%,50%)`,
    requestDump: `GET ${http.path} HTTP/1.1\r\nHost: ${header(http, "host") ?? ""}\r\n${http.headers
      .filter(([name]) => name.toLowerCase() !== "host")
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join("")}`,
    requestProto: "HTTP/1.1",
    requestAddr: `${request.remote.address}:${request.remote.port}`,
  };
  return `<!doctype html>

<html lang="en">
<head>
  <meta charset="utf-8">

  <title>KUAR Demo</title>

  <script>
var pageContext = ${JSON.stringify(pageContext)}
  </script>
</head>

<body>
  <div id="root">
    <h1>KUAR Demo version <span>${html(state.version)}</span></h1>
    <p>Served on <b>${html(context.hostname)}</b> at ${html(context.podIp)}</p>
    <p><b>WARNING:</b> This server may expose sensitive and secret information. Be careful.</p>
    <ul>
      <li><a href="/env">Server Env</a></li>
      <li><a href="/mem">Memory</a></li>
      <li><a href="/healthy/api">Liveness Probe</a></li>
      <li><a href="/ready/api">Readiness Probe</a></li>
      <li><a href="/fs/">File system browser</a></li>
    </ul>
  </div>
</body>
</html>
`;
}

function fileBrowser(path: string, http: HttpRequest, context: ProgramContext): HttpResponse {
  const { files, nowMs } = context;
  const trimmed = path.replace(/\/+$/, "") || "/";
  const stat = files.stat(trimmed);
  try {
    if (stat?.type === "file") return goResponse(nowMs, http, 200, files.readFile(trimmed));
    if (stat?.type === "directory") {
      const names = files.readDirectory(trimmed).map((name) => {
        const shown = files.stat(`${trimmed === "/" ? "" : trimmed}/${name}`)?.type === "directory" ? `${name}/` : name;
        return `<a href="${encodeURI(shown)}">${shown}</a>\n`;
      });
      return goResponse(nowMs, http, 200, `<pre>\n${names.join("")}</pre>\n`, "text/html; charset=utf-8");
    }
  } catch {
    return goError(nowMs, http, 403, "403 Forbidden");
  }
  return goError(nowMs, http, 404, "404 page not found");
}
