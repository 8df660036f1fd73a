import { byteLength } from "@/posix/files/bytes";
import { FileError } from "@/posix/files/file-system";
import { basename, dirname } from "@/posix/files/path";
import { canonicalJson } from "../../../kernel/freeze";
import type {
  Effects,
  IncomingRequest,
  Listener,
  OutgoingResponse,
  Program,
  ProgramContext,
  Step,
} from "../../program";
import { commonLogTime, httpDate } from "../http";
import { compile } from "./compile";
import type { Configuration } from "./configuration";
import { runEntrypoint } from "./entrypoint-scripts";
import { errnoText, fileOf, type Loaded, liveEnvironment, replayEnvironment } from "./environment";
import { type Counters, type Exchange, headerOf } from "./exchange";
import { errorLine, type Output, openLogError, passes, writeLog } from "./logs";
import { statusPage } from "./pages";
import { ConfigError } from "./read-config";
import { hostName, selectServer } from "./select";
import { serve } from "./serve";
import { expand } from "./variables";

const MAIN_FILE = "/etc/nginx/nginx.conf";
const ERROR_LOG = "/var/log/nginx/error.log";
const BASE_MEMORY_BYTES = 3_400_000;
const WORKERS = 2;
const FIRST_WORKER_PID = 29;
/** nginx tries to bind five times, half a second apart. */
const BIND_TRIES = 5;
const BIND_GIVE_UP_MS = 2500;
/** Compiled configurations at hand; others are compiled again from what the state holds. */
const CACHE_LIMIT = 200;

interface State {
  loaded: Loaded;
  counters: Counters;
}

const compiled = new WeakMap<Loaded, Configuration>();
const byContent = new Map<string, Configuration>();

function configurationOf(loaded: Loaded): Configuration {
  let configuration = compiled.get(loaded);
  if (configuration) return configuration;
  const key = canonicalJson(loaded);
  configuration = byContent.get(key) ?? compile(replayEnvironment(loaded));
  if (byContent.size >= CACHE_LIMIT) byContent.delete(byContent.keys().next().value!);
  byContent.set(key, configuration);
  compiled.set(loaded, configuration);
  return configuration;
}

export const nginx: Program<any> = {
  name: "nginx",

  start(context) {
    const version = context.env.NGINX_VERSION ?? "1.27.5";
    const minor = Number(version.split(".")[1]);
    const scripted = basename(context.argv[0] ?? "") === "docker-entrypoint.sh";
    const stdout = scripted ? runEntrypoint(context, minor) : "";
    const options = parseOptions(context.argv.slice(scripted ? 2 : 1));
    if ("error" in options) return { state: null, stdout, stderr: `nginx: ${options.error}\n`, exit: 1 };
    if (options.mode !== "run") {
      const { exitCode, ...rest } = inform(options, version, context);
      return { state: null, stdout: stdout + (rest.stdout ?? ""), stderr: rest.stderr ?? "", exit: exitCode };
    }
    const result = load(context, version, options.globals, options.path);
    if ("message" in result) return { state: null, stdout, stderr: complaint(context, result), exit: 1 };
    const { loaded, configuration } = result;
    const trouble = prepareFiles(context, configuration);
    if (trouble) return { state: null, stdout, stderr: complaint(context, new ConfigError(trouble)), exit: 1 };
    const listeners = listenersOf(configuration);
    const taken = listeners.find((listener) => context.portTaken?.(listener.port));
    if (taken) {
      const text = `bind() to 0.0.0.0:${taken.port} failed (98: Address already in use)`;
      const tries = complaint(context, new ConfigError(text)).repeat(BIND_TRIES);
      return { state: null, stdout, stderr: tries, timers: { "give-up": BIND_GIVE_UP_MS } };
    }
    // Without `daemon off;` the master goes to the background and the container's main process is over.
    if (configuration.daemon) return { state: null, stdout, exit: 0 };
    const output: Output = { stdout, stderr: "" };
    notices(context, configuration, output, [
      'using the "epoll" event method',
      `nginx/${version}`,
      `built by gcc ${minor >= 25 ? "12.2.0 (Debian 12.2.0-14)" : "10.2.1 20210110 (Debian 10.2.1-6)"} `,
      "OS: Linux 6.8.0",
      "getrlimit(RLIMIT_NOFILE): 1048576:1048576",
      "start worker processes",
      ...workers(),
    ]);
    const state: State = { loaded, counters: { connections: 0, turns: {}, failedUntilMs: {} } };
    compiled.set(loaded, configuration);
    return { state, ...output, listen: listeners, memoryBytes: BASE_MEMORY_BYTES, cpuMillicores: 1 };
  },

  onTimer(state, timer, context) {
    if (timer in SIGNALS_OF_COMMANDS) return nginx.onSignal!(state, timer, context);
    return { state, stderr: complaint(context, new ConfigError("still could not bind()")), exit: 1 };
  },

  onRequest(state: State, request, context) {
    if (!state) return { state, response: { reset: true } };
    return answer(state, request, context);
  },

  onSignal(state: State, signal, context) {
    if (!state) return { state, exit: 0 };
    const configuration = configurationOf(state.loaded);
    const output: Output = { stdout: "", stderr: "" };
    switch (signal) {
      case "SIGHUP":
        return reload(state, context, true);
      case "SIGUSR1":
        notices(context, configuration, output, ["signal 10 (SIGUSR1) received, reopening logs", "reopening logs"]);
        return { state, ...output };
      case "SIGWINCH":
        return { state };
      case "SIGQUIT":
        notices(context, configuration, output, [
          "signal 3 (SIGQUIT) received, shutting down",
          ...goodbye("gracefully shutting down"),
        ]);
        return { state, ...output, exit: 0 };
      case "SIGTERM":
      case "SIGINT": {
        const number = signal === "SIGTERM" ? 15 : 2;
        notices(context, configuration, output, [
          `signal ${number} (${signal}) received, exiting`,
          ...goodbye("exiting"),
        ]);
        return { state, ...output, exit: 0 };
      }
      default:
        return { state };
    }
  },

  commands: { nginx: command },
};

interface Options {
  mode: "run" | "version" | "version-long" | "test" | "dump" | "signal" | "help";
  globals: string;
  path: string;
  signal?: string;
}

function parseOptions(args: readonly string[]): Options | { error: string } {
  const options: Options = { mode: "run", globals: "", path: MAIN_FILE };
  for (let index = 0; index < args.length; index++) {
    const word = args[index]!;
    if (!word.startsWith("-")) return { error: `invalid option: "${word}"` };
    for (let at = 1; at < word.length; at++) {
      const letter = word[at]!;
      const modes: Record<string, Options["mode"]> = {
        v: "version",
        V: "version-long",
        t: "test",
        T: "dump",
        h: "help",
        "?": "help",
      };
      if (modes[letter]) options.mode = modes[letter];
      else if (letter === "q") continue;
      else if ("gcspe".includes(letter)) {
        const value = at + 1 < word.length ? word.slice(at + 1) : args[++index];
        const what: Record<string, string> = {
          g: "global directives",
          c: "file name",
          s: "signal name",
          p: "directory name",
          e: "file name",
        };
        if (value === undefined) return { error: `option "-${letter}" requires ${what[letter]}` };
        if (letter === "g") options.globals = value;
        if (letter === "c") options.path = value.startsWith("/") ? value : `/etc/nginx/${value}`;
        if (letter === "s") {
          if (!["stop", "quit", "reopen", "reload"].includes(value)) return { error: `invalid option: "-s ${value}"` };
          options.mode = "signal";
          options.signal = value;
        }
        break;
      } else return { error: `invalid option: "${letter}"` };
    }
  }
  return options;
}

interface LoadError {
  message: string;
  level: string;
}

function load(
  context: ProgramContext,
  version: string,
  globals: string,
  path: string,
): { loaded: Loaded; configuration: Configuration } | LoadError {
  const { environment, loaded } = liveEnvironment(context, version, globals, path);
  try {
    const configuration = compile(environment);
    for (const file of configuration.logFiles) {
      const trouble = openLogError(context, file);
      if (trouble) return { message: trouble, level: "emerg" };
    }
    return { loaded, configuration };
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}

/** nginx tells its error log and its standard error; in the images both are the container's. */
function complaint(context: ProgramContext, error: LoadError, pid = 1): string {
  const output: Output = { stdout: "", stderr: "" };
  writeLog(context, ERROR_LOG, errorLine(context.nowMs, error.level, error.message, pid), output);
  return `${output.stderr}nginx: [${error.level}] ${error.message}\n`;
}

/** The directories and the pid file that nginx makes when it starts. */
function prepareFiles(context: ProgramContext, configuration: Configuration): string | undefined {
  const { files } = context;
  try {
    files.makeDirectory("/var/cache/nginx/client_temp", { recursive: true });
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    if (error.code !== "EEXIST") return `mkdir() "/var/cache/nginx/client_temp" failed ${errnoText(error.code)}`;
  }
  try {
    files.makeDirectory(dirname(configuration.pidPath), { recursive: true });
    files.writeFile(configuration.pidPath, "1\n");
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    if (error.code !== "EEXIST") return `open() "${configuration.pidPath}" failed ${errnoText(error.code)}`;
  }
  return undefined;
}

function listenersOf(configuration: Configuration): Listener[] {
  const all = new Map<number, Listener>();
  for (const server of configuration.servers) {
    for (const { port, address } of server.listens) {
      const known = all.get(port);
      if (!known || known.address?.startsWith("127.")) all.set(port, { port, address });
    }
  }
  return [...all.values()];
}

function notices(context: ProgramContext, configuration: Configuration, output: Output, lines: string[]): void {
  if (!passes("notice", configuration.errorLog.level)) return;
  for (const line of lines)
    writeLog(context, configuration.errorLog.path, errorLine(context.nowMs, "notice", line), output);
}

const workers = () => Array.from({ length: WORKERS }, (_, index) => `start worker process ${FIRST_WORKER_PID + index}`);
const goodbye = (how: string) => [
  how,
  ...Array.from({ length: WORKERS }, (_, index) => `worker process ${FIRST_WORKER_PID + index} exited with code 0`),
  "exit",
];

function reload(state: State, context: ProgramContext, signalled: boolean): Step<State> & Effects {
  const before = configurationOf(state.loaded);
  const output: Output = { stdout: "", stderr: "" };
  if (signalled) notices(context, before, output, ["signal 1 (SIGHUP) received, reconfiguring", "reconfiguring"]);
  const result = load(context, state.loaded.version, state.loaded.globals, state.loaded.path);
  if ("message" in result) {
    writeLog(context, before.errorLog.path, errorLine(context.nowMs, result.level, result.message), output);
    return { state, ...output };
  }
  notices(context, result.configuration, output, [
    'using the "epoll" event method',
    "start worker processes",
    ...workers(),
  ]);
  compiled.set(result.loaded, result.configuration);
  return { state: { ...state, loaded: result.loaded }, ...output, listen: listenersOf(result.configuration) };
}

/** `nginx …` run beside the server: by a learner, a hook or a probe. */
function command(state: State, argv: string[], context: ProgramContext): Step<State> & { exitCode: number } {
  const version = context.env.NGINX_VERSION ?? "1.27.5";
  const options = parseOptions(argv.slice(1));
  if ("error" in options) return { state, stderr: `nginx: ${options.error}\n`, exitCode: 1 };
  if (options.mode !== "signal") {
    if (options.mode === "run") {
      const text = "bind() to 0.0.0.0:80 failed (98: Address already in use)";
      const stderr = `${`nginx: [emerg] ${text}\n`.repeat(BIND_TRIES)}nginx: [emerg] still could not bind()\n`;
      return { state, stderr, exitCode: 1 };
    }
    return { state, ...inform(options, version, context) };
  }
  const result = load(context, version, "", options.path);
  if ("message" in result) return { state, stderr: complaint(context, result, 36), exitCode: 1 };
  const noted: Output = { stdout: "", stderr: "" };
  if (passes("notice", result.configuration.errorLog.level)) {
    writeLog(context, ERROR_LOG, errorLine(context.nowMs, "notice", "signal process started", 36), noted);
  }
  const signal = Object.keys(SIGNALS_OF_COMMANDS).find((name) => SIGNALS_OF_COMMANDS[name] === options.signal)!;
  // The master hears of it a moment later, and writes to the container's log, not to the command's output.
  return { state, stderr: noted.stderr, exitCode: 0, timers: { [signal]: 0 } };
}

/** Signal -> `nginx -s` word. */
const SIGNALS_OF_COMMANDS: Record<string, string> = {
  SIGTERM: "stop",
  SIGQUIT: "quit",
  SIGUSR1: "reopen",
  SIGHUP: "reload",
};

function inform(
  options: Options,
  version: string,
  context: ProgramContext,
): { exitCode: number; stdout?: string; stderr?: string } {
  if (options.mode === "version" || options.mode === "help")
    return { exitCode: 0, stderr: `nginx version: nginx/${version}\n` };
  if (options.mode === "version-long") {
    const lines = [
      `nginx version: nginx/${version}`,
      "built with OpenSSL",
      "TLS SNI support enabled",
      "configure arguments: --prefix=/etc/nginx --with-http_ssl_module",
    ];
    return { exitCode: 0, stderr: `${lines.join("\n")}\n` };
  }
  const result = load(context, version, options.globals, options.path);
  if ("message" in result) {
    return {
      exitCode: 1,
      stderr: `${complaint(context, result, 36)}nginx: configuration file ${options.path} test failed\n`,
    };
  }
  const stderr = `nginx: the configuration file ${options.path} syntax is ok\nnginx: configuration file ${options.path} test is successful\n`;
  if (options.mode === "test") return { exitCode: 0, stderr };
  const dump = Object.keys(result.loaded.files)
    .filter((file) => !/\.(pem|key|crt)$/.test(file))
    .map((file) => `# configuration file ${file}:\n${fileOf(result.loaded, file)}\n`)
    .join("");
  return { exitCode: 0, stdout: dump, stderr };
}

/** One request: TLS, the server, its phases, the logs. */
function answer(
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
  if (!incoming.http) {
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
  const tls = incoming.tls && presented.chainPem !== undefined ? { tls: { chainPem: presented.chainPem } } : {};
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
