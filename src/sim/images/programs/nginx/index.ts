import { basename } from "@/posix/files/path";
import type { Effects, Program, ProgramContext, Step } from "../../program";
import { answer, FIRST_WORKER_PID, type State } from "./answer";
import type { Configuration } from "./configuration";
import { runEntrypoint } from "./entrypoint-scripts";
import { fileOf } from "./environment";
import {
  complaint,
  configurationOf,
  ERROR_LOG,
  listenersOf,
  loadConfiguration,
  prepareFiles,
  remember,
} from "./loading";
import { errorLine, type Output, passes, writeLog } from "./logs";
import { type Options, parseOptions } from "./options";
import { ConfigError } from "./read-config";

const BASE_MEMORY_BYTES = 3_400_000;
const WORKERS = 2;
/** nginx tries to bind five times, half a second apart. */
const BIND_TRIES = 5;
const BIND_GIVE_UP_MS = 2500;

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
    const result = loadConfiguration(context, version, options.globals, options.path);
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
    remember(loaded, configuration);
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

function notices(context: ProgramContext, configuration: Configuration, output: Output, lines: string[]): void {
  if (!passes("notice", configuration.errorLog.level)) return;
  const text = lines.map((line) => errorLine(context.nowMs, "notice", line)).join("");
  writeLog(context, configuration.errorLog.path, text, output);
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
  const result = loadConfiguration(context, state.loaded.version, state.loaded.globals, state.loaded.path);
  if ("message" in result) {
    writeLog(context, before.errorLog.path, errorLine(context.nowMs, result.level, result.message), output);
    return { state, ...output };
  }
  notices(context, result.configuration, output, [
    'using the "epoll" event method',
    "start worker processes",
    ...workers(),
  ]);
  remember(result.loaded, result.configuration);
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
  const result = loadConfiguration(context, version, "", options.path);
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
  const result = loadConfiguration(context, version, options.globals, options.path);
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
