import { byteLength } from "@/posix/files/bytes";
import type { IncomingRequest, OutgoingResponse, ProgramContext, Step } from "../../program";
import { commonLogTime, httpDate } from "../http";
import type { Loaded } from "./environment";
import { type Counters, type Exchange, headerOf } from "./exchange";
import { configurationOf } from "./loading";
import { errorLine, type Output, passes, writeLog } from "./logs";
import { statusPage } from "./pages";
import { hostName, selectServer } from "./select";
import { serve } from "./serve";
import { expand } from "./variables";

export const FIRST_WORKER_PID = 29;

/** What nginx remembers between requests. */
export interface State {
  loaded: Loaded;
  counters: Counters;
}

/** One request: TLS, the server, its phases, the logs. */
export function answer(
  state: State,
  incoming: IncomingRequest,
  context: ProgramContext,
): Step<State> & { response: OutgoingResponse } {
  const configuration = configurationOf(state.loaded);
  const { version } = state.loaded;
  const host = hostName((incoming.http && headerOf(incoming.http, "host")) ?? "");
  const server = selectServer(configuration, incoming.port, host) ?? configuration.servers[0];
  if (!server) return { state, response: { reset: true } };
  const ssl = configuration.servers.some((item) =>
    item.listens.some((listen) => listen.port === incoming.port && listen.ssl),
  );
  const presented = selectServer(configuration, incoming.port, incoming.tls?.serverName ?? "") ?? server;
  const connections = state.counters.connections + 1;
  const output: Output = { stdout: "", stderr: "" };
  const counters: Counters = {
    connections,
    turns: { ...state.counters.turns },
    failedUntilMs: Object.fromEntries(
      Object.entries(state.counters.failedUntilMs).filter(([, untilMs]) => untilMs > context.nowMs),
    ),
  };
  const next: State = { ...state, counters };
  if (incoming.tls && !ssl)
    return garbage(
      next,
      server,
      incoming,
      context,
      output,
      "\\x16\\x03\\x01\\x02\\x00\\x01\\x00\\x01\\xFC\\x03\\x03",
      version,
    );
  if (incoming.tls && presented.chainPem === undefined) {
    const text = 'no "ssl_certificate" is defined in server listening on SSL port while SSL handshaking';
    writeLog(
      context,
      server.settings.errorLog.path,
      errorLine(context.nowMs, "error", text, FIRST_WORKER_PID, connections),
      output,
    );
    return { state: next, response: { reset: true }, ...output };
  }
  const tls = incoming.tls && presented.chainPem !== undefined ? { tls: { chainPem: presented.chainPem } } : {};
  if (!incoming.http) {
    // A handshake without a request: nothing is logged of it.
    if (incoming.tls) return { state: next, response: tls };
    if (incoming.raw === undefined) return { state: next, response: {} };
    return garbage(next, server, incoming, context, output, incoming.raw.split(/[\r\n]/)[0] ?? "", version);
  }
  const exchange: Exchange = {
    configuration,
    version,
    context,
    incoming,
    http: incoming.http,
    counters,
    connection: connections,
    server,
    settings: server.settings,
    ssl,
    uri: "",
    args: "",
    rewritten: false,
    host: host || (server.names[0] ?? ""),
    method: incoming.http.method,
    user: "",
    values: new Map(),
    captures: [],
    upstreamAddress: "",
    upstreamStatus: "",
    delayMs: 0,
    errors: [],
  };
  const plainOnTls = ssl && !incoming.tls;
  const http = plainOnTls ? plainHttp(exchange) : serve(exchange);
  writeErrors(exchange, output);
  writeAccess(exchange, http?.status ?? 444, http ? byteLength(http.body) : 0, http?.headers ?? [], output);
  const delay = exchange.delayMs > 0 ? { delayMs: exchange.delayMs } : {};
  return { state: next, response: http ? { http, ...tls, ...delay } : { ...tls, ...delay }, ...output };
}

/** HTTP on the TLS port: a page that says so. */
function plainHttp(exchange: Exchange) {
  const { version, context, settings } = exchange;
  const body = statusPage(497, version, settings.serverTokens);
  const headers: [string, string][] = [
    ["Server", settings.serverTokens ? `nginx/${version}` : "nginx"],
    ["Date", httpDate(context.nowMs)],
    ["Content-Type", "text/html"],
    ["Content-Length", String(byteLength(body))],
    ["Connection", "close"],
  ];
  exchange.uri = exchange.http.path;
  return { status: 400, headers, body: exchange.http.method === "HEAD" ? "" : body };
}

/** What is no HTTP: logged, answered with 400 in the clear. */
function garbage(
  state: State,
  server: Exchange["server"],
  incoming: IncomingRequest,
  context: ProgramContext,
  output: Output,
  shown: string,
  version: string,
): Step<State> & { response: OutgoingResponse } {
  const body = statusPage(400, version, server.settings.serverTokens);
  const time = commonLogTime(context.nowMs);
  const line = `${incoming.remote.address} - - [${time}] "${shown}" 400 ${body.length} "-" "-" "-"\n`;
  for (const log of server.settings.accessLogs) writeLog(context, log.path, line, output);
  const raw =
    incoming.raw === undefined
      ? {}
      : { raw: `HTTP/1.1 400 Bad Request\r\nServer: nginx/${version}\r\nConnection: close\r\n\r\n${body}` };
  return { state, response: raw, ...output };
}

function writeErrors(exchange: Exchange, output: Output): void {
  const { errorLog } = exchange.settings;
  for (const entry of exchange.errors) {
    const [level = "error", connection, atMs, text = ""] = entry.split("\u0000");
    if (!passes(level, errorLog.level)) continue;
    const line = errorLine(Number(atMs), level, text, FIRST_WORKER_PID, Number(connection));
    writeLog(exchange.context, errorLog.path, line, output);
  }
}

function writeAccess(
  exchange: Exchange,
  status: number,
  bodyBytes: number,
  headers: [string, string][],
  output: Output,
): void {
  const sent = { status, bodyBytes, headers };
  for (const log of exchange.settings.accessLogs) {
    const format = exchange.configuration.formats.get(log.format) ?? "";
    // An empty variable is written as a dash.
    const line = format.replace(/\$(?:\{(\w+)\}|([A-Za-z_]\w*|\d))/g, (whole) => expand(exchange, whole, sent) || "-");
    writeLog(exchange.context, expand(exchange, log.path), `${line}\n`, output);
  }
}
