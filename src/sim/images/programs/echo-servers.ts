import type { HttpRequest } from "../../network/types";
import type { IncomingRequest, Program, ProgramContext } from "../program";
import { type FlagDefinition, fatal, listenOn, logLine, parseFlags } from "./go";
import { commonLogTime, goError, goResponse, header, queryParameter, splitTarget } from "./http";

/** Servers that tell of themselves: echoserver, agnhost's netexec, http-echo. */

const MEMORY_BYTES = 5 * 1_048_576;

/** registry.k8s.io/echoserver: says what it was asked. */
export const echoserver: Program<null> = {
  name: "echoserver",
  start: (context) =>
    context.portTaken?.(8080)
      ? { state: null, stderr: "nginx: [emerg] bind() to 0.0.0.0:8080 failed (98: Address already in use)\n", exit: 1 }
      : {
          state: null,
          stdout: "Generating self-signed cert\nStarting nginx\n",
          listen: [{ port: 8080 }],
          memoryBytes: MEMORY_BYTES,
          cpuMillicores: 1,
        },
  onRequest(state, request, context) {
    const { http } = request;
    if (!http || request.tls) return { state, response: {} };
    const agent = header(http, "user-agent") ?? "-";
    const stdout = `${request.remote.address} - - [${commonLogTime(context.nowMs)}] "${http.method} ${http.path} HTTP/1.1" 200 ${400} "-" "${agent}"\n`;
    const response = goResponse(context.nowMs, http, 200, echoPage(request, http, context), "text/plain");
    return {
      state,
      stdout,
      response: { http: { ...response, headers: [["Server", "echoserver"], ...response.headers] } },
    };
  },
  onSignal: (state, signal) => ({ state, exit: signal === "SIGTERM" ? 143 : 137 }),
};

function echoPage(request: IncomingRequest, http: HttpRequest, context: ProgramContext): string {
  const { path, query } = splitTarget(http.path);
  const host = header(http, "host") ?? context.podIp;
  const headers = http.headers.map(([name, value]) => `\t${name.toLowerCase()}=${value}`).sort();
  return [
    "",
    "",
    `Hostname: ${context.hostname}`,
    "",
    "Pod Information:",
    "\t-no pod information available-",
    "",
    "Server values:",
    "\tserver_version=nginx: 1.13.3 - lua: 10008",
    "",
    "Request Information:",
    `\tclient_address=${request.remote.address}`,
    `\tmethod=${http.method}`,
    `\treal path=${path}`,
    `\tquery=${query}`,
    "\trequest_version=1.1",
    "\trequest_scheme=http",
    `\trequest_uri=http://${host.replace(/:\d+$/, "")}:8080${http.path}`,
    "",
    "Request Headers:",
    ...headers,
    "",
    "Request Body:",
    http.body === "" ? "\t-no body in request-" : http.body,
    "",
    "",
  ].join("\n");
}

interface AgnhostState {
  httpPort: number;
  serves: "netexec" | "serve-hostname" | "pause";
}

/** agnhost: `netexec`, `serve-hostname` and `pause`, which Kubernetes' own tests and tutorials use. */
export const agnhost: Program<any> = {
  name: "agnhost",
  start(context) {
    const [command = "pause", ...args] = context.argv.slice(1);
    if (command === "pause")
      return { state: { httpPort: 0, serves: "pause" }, stdout: "Paused\n", memoryBytes: MEMORY_BYTES };
    if (command !== "netexec" && command !== "serve-hostname") {
      return {
        state: null,
        stderr: `Error: unknown command "${command}" for "app"\nRun 'app --help' for usage.\n`,
        exit: 1,
      };
    }
    const flag = command === "netexec" ? "http-port" : "port";
    const fallback = command === "netexec" ? "8080" : "9376";
    const at = args.findIndex((word) => word.replace(/^--?/, "").split("=")[0] === flag);
    const text = at < 0 ? fallback : args[at]!.includes("=") ? args[at]!.split("=")[1]! : (args[at + 1] ?? fallback);
    const listener = listenOn(`:${text}`, context);
    if ("error" in listener) return fatal(context.nowMs, listener.error);
    const stdout =
      command === "netexec"
        ? logLine(context.nowMs, `Started HTTP server on port ${text}`)
        : logLine(context.nowMs, `Serving on port ${text}.`);
    return {
      state: { httpPort: listener.port, serves: command },
      stderr: stdout,
      listen: [listener],
      memoryBytes: MEMORY_BYTES,
      cpuMillicores: 1,
    };
  },
  onRequest(state: AgnhostState, request, context) {
    const { http } = request;
    if (!http || request.tls) return { state, response: {} };
    const { path, query } = splitTarget(http.path);
    const say = (body: string, status = 200) => ({
      state,
      response: { http: goResponse(context.nowMs, http, status, body) },
    });
    if (state.serves === "serve-hostname") return say(context.hostname);
    switch (path) {
      case "/":
        return say(`NOW: ${commonLogTime(context.nowMs)}`);
      case "/hostname":
      case "/hostName":
        return say(context.hostname);
      case "/clientip":
        return say(`${request.remote.address}:${request.remote.port}`);
      case "/echo":
        return say(queryParameter(query, "msg") ?? "", Number(queryParameter(query, "code") ?? 200));
      case "/healthz":
        return say("");
      case "/header":
        return say(header(http, queryParameter(query, "key") ?? "") ?? "");
      case "/exit":
        return { ...say(""), exit: Number(queryParameter(query, "code") ?? 0) };
      default:
        return { state, response: { http: goError(context.nowMs, http, 404, "404 page not found") } };
    }
  },
  onSignal: (state, signal) => ({ state, exit: signal === "SIGTERM" ? 0 : 137 }),
};

const ECHO_FLAGS: FlagDefinition[] = [
  { name: "listen", kind: "string", usage: "address and port to listen", default: ":5678" },
  { name: "text", kind: "string", usage: "text to put on the webpage", default: "" },
  { name: "status-code", kind: "int", usage: "http response code, e.g.: 200", default: "200" },
  { name: "version", kind: "bool", usage: "display version information", default: "false" },
];

interface EchoState {
  text: string;
  status: number;
}

/** hashicorp/http-echo: one text on every path. */
export const httpEcho: Program<any> = {
  name: "http-echo",
  start(context) {
    const parsed = parseFlags(context.argv[0] ?? "/http-echo", ECHO_FLAGS, context.argv.slice(1));
    if (!("values" in parsed)) return { state: null, ...parsed };
    const { listen = "", text = "", "status-code": status = "200" } = parsed.values;
    const shown = text || (context.env.ECHO_TEXT ?? "");
    if (shown === "") return { state: null, stderr: "Missing -text option or ECHO_TEXT env var!\n", exit: 127 };
    const listener = listenOn(listen, context);
    if ("error" in listener) return fatal(context.nowMs, `[ERR] Error starting server: ${listener.error}`);
    const stdout = logLine(context.nowMs, `[INFO] server is listening on ${listen}`);
    return {
      state: { text: shown, status: Number(status) },
      stdout,
      listen: [listener],
      memoryBytes: MEMORY_BYTES,
      cpuMillicores: 1,
    };
  },
  onRequest(state: EchoState, request, context) {
    const { http } = request;
    if (!http || request.tls) return { state, response: {} };
    const { path } = splitTarget(http.path);
    if (path === "/health")
      return { state, response: { http: goResponse(context.nowMs, http, 200, '{"status":"ok"}', "application/json") } };
    const named: [string, string][] = [
      ["X-App-Name", "http-echo"],
      ["X-App-Version", "1.0.0"],
    ];
    const response = goResponse(context.nowMs, http, state.status, `${state.text}\n`, undefined, named);
    const agent = header(http, "user-agent") ?? "";
    const stdout = logLine(
      context.nowMs,
      `${header(http, "host") ?? ""} ${request.remote.address}:${request.remote.port} "${http.method} ${http.path} HTTP/1.1" ${state.status} ${state.text.length + 1} "${agent}" 10.21µs`,
    );
    return { state, response: { http: response }, stdout };
  },
  onSignal: (state, signal) => ({ state, exit: signal === "SIGTERM" || signal === "SIGINT" ? 0 : 137 }),
};
