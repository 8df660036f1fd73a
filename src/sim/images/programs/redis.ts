import { basename } from "@/posix/files/path";
import { civil, monthName } from "../../kernel/time";
import type { Program, ProgramContext, Step } from "../program";
import { execute, type RedisState, type Reply, words } from "./redis-commands";

const DEFAULT_PORT = 6379;
const BASE_MEMORY_BYTES = 6 * 1_048_576;

interface State extends RedisState {
  port: number;
  version: string;
  password: string;
}

/** redis-server: text commands, one a message, as `nc` or redis-cli send them. */
export const redis: Program<any> = {
  name: "redis",
  start(context) {
    const argv = basename(context.argv[0] ?? "") === "docker-entrypoint.sh" ? context.argv.slice(1) : context.argv;
    const options = serverOptions(argv);
    const port = Number(options.port ?? DEFAULT_PORT);
    const version = context.env.REDIS_VERSION ?? "7.4.1";
    if (context.portTaken?.(port)) {
      return {
        state: null,
        stdout: line(
          context,
          "#",
          `Warning: Could not create server TCP listening socket *:${port}: bind: Address already in use`,
        ),
        exit: 1,
      };
    }
    const log = [
      ["#", "oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo"],
      ["#", `Redis version=${version}, bits=64, commit=00000000, modified=0, pid=1, just started`],
      ["*", `Running mode=standalone, port=${port}.`],
      ["*", "Server initialized"],
      ["*", "Ready to accept connections tcp"],
    ] as const;
    return {
      state: { port, version, password: options.requirepass ?? "", entries: {} } satisfies State,
      stdout: log.map(([mark, text]) => line(context, mark, text)).join(""),
      listen: [{ port }],
      memoryBytes: BASE_MEMORY_BYTES,
      cpuMillicores: 3,
    };
  },
  onRequest(state: State, request, context) {
    if (request.http || request.tls) return { state, response: { reset: true } };
    if (request.raw === undefined) return { state, response: {} };
    const [reply, next] = execute(state, words(request.raw), context.nowMs);
    return { ...grown(state, next), response: { raw: wire(reply) } };
  },
  onSignal(state: State, signal, context) {
    if (signal !== "SIGTERM" && signal !== "SIGINT") return { state, exit: 137 };
    const log = [
      line(context, "*", `Received ${signal} scheduling shutdown...`),
      line(context, "*", "User requested shutdown..."),
      line(context, "#", "Redis is now ready to exit, bye bye..."),
    ];
    return { state, stdout: log.join(""), exit: 0 };
  },
  commands: {
    "redis-cli": (state: State, argv, context) => {
      const args = argv.slice(1);
      let host = "127.0.0.1";
      let port = DEFAULT_PORT;
      while (args[0]?.startsWith("-")) {
        const option = args.shift()!;
        if (option === "-h") host = args.shift() ?? host;
        else if (option === "-p") port = Number(args.shift());
        else if (option === "-n" || option === "-a") args.shift();
        else if (option === "-v" || option === "--version")
          return { state, exitCode: 0, stdout: `redis-cli ${state.version}\n` };
      }
      const command = args.map(quoted).join(" ");
      if (["127.0.0.1", "localhost", context.hostname, context.podIp].includes(host) && port === state.port) {
        const [reply, next] = execute(state, args, context.nowMs);
        return { ...grown(state, next), exitCode: 0, stdout: `${shown(reply)}\n` };
      }
      const answer = context.request({ host, port, payload: { kind: "raw", data: command } });
      if (answer.outcome !== "ok" || answer.raw === undefined) {
        const why = answer.outcome === "unknown-host" ? "Name or service not known" : "Connection refused";
        return { state, exitCode: 1, stderr: `Could not connect to Redis at ${host}:${port}: ${why}\n` };
      }
      return { state, exitCode: 0, stdout: `${unwire(answer.raw)}\n` };
    },
  },
};

/** Memory follows what is kept, so that a limit can be reached. */
function grown(before: State, next: RedisState): Step<State> {
  const state = next === before ? before : { ...before, ...next };
  return { state, memoryBytes: BASE_MEMORY_BYTES + JSON.stringify(state.entries).length * 2 };
}

/** `1:M 05 Jan 2026 09:00:00.000 * text` */
function line(context: ProgramContext, mark: string, text: string): string {
  const t = civil(context.nowMs);
  const pad = (value: number, width = 2) => String(value).padStart(width, "0");
  const clock = `${pad(t.hour)}:${pad(t.minute)}:${pad(t.second)}.${pad(t.millisecond, 3)}`;
  return `1:M ${pad(t.day)} ${monthName(t.month)} ${t.year} ${clock} ${mark} ${text}\n`;
}

function serverOptions(argv: readonly string[]): Record<string, string> {
  const options: Record<string, string> = {};
  for (let index = 1; index < argv.length; index++) {
    if (argv[index]!.startsWith("--")) options[argv[index]!.slice(2)] = argv[index + 1] ?? "";
  }
  return options;
}

const quoted = (word: string) => (/^[^\s"']+$/.test(word) ? word : JSON.stringify(word));

/** RESP, version 2. */
function wire(reply: Reply): string {
  switch (reply.kind) {
    case "simple":
      return `+${reply.text}\r\n`;
    case "error":
      return `-${reply.text}\r\n`;
    case "integer":
      return `:${reply.value}\r\n`;
    case "bulk":
      return `$${reply.text.length}\r\n${reply.text}\r\n`;
    case "nil":
      return "$-1\r\n";
    case "list":
      return `*${reply.items.length}\r\n${reply.items.map((text) => wire({ kind: "bulk", text })).join("")}`;
  }
}

/** How redis-cli prints without a terminal. */
function shown(reply: Reply): string {
  switch (reply.kind) {
    case "integer":
      return String(reply.value);
    case "nil":
      return "";
    case "list":
      return reply.items.join("\n");
    default:
      return reply.text;
  }
}

function unwire(text: string): string {
  const parts = text.split("\r\n").filter((part) => !/^[$*]-?\d+$/.test(part));
  return parts
    .map((part) => part.replace(/^[+:-]/, ""))
    .join("\n")
    .trimEnd();
}
