import { basename } from "@/posix/files/path";
import { civil, monthName } from "../../../kernel/time";
import type { Program, ProgramContext, Step } from "../../program";
import { ask, DEFAULT_PORT, parseCli } from "./cli";
import { execute, type RedisState, type Reply, words } from "./commands";
import { append, type Disk, diskOf, load, save } from "./disk";
import { encodeReply, shown } from "./protocol";

const BASE_MEMORY_BYTES = 6 * 1_048_576;

interface State extends RedisState {
  port: number;
  version: string;
  password: string;
  disk: Disk;
}

/** redis-server: text commands, one a message, as `nc` or redis-cli send them; what it keeps goes to disk as its options say. */
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
    const disk = diskOf(options, context.workingDirectory);
    const kept = load(disk, context.files, context.nowMs);
    const log = [
      ["#", "oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo"],
      ["#", `Redis version=${version}, bits=64, commit=00000000, modified=0, pid=1, just started`],
      ["*", `Running mode=standalone, port=${port}.`],
      ["*", "Server initialized"],
      ...(kept.log ? [["*", kept.log] as const] : []),
      ["*", "Ready to accept connections tcp"],
    ] as const;
    return {
      state: { port, version, password: options.requirepass ?? "", disk, entries: kept.entries } satisfies State,
      stdout: log.map(([mark, text]) => line(context, mark, text)).join(""),
      listen: [{ port }],
      memoryBytes: BASE_MEMORY_BYTES,
      cpuMillicores: 3,
    };
  },
  onRequest(state: State, request, context) {
    if (request.http || request.tls) return { state, response: { reset: true } };
    if (request.raw === undefined) return { state, response: {} };
    const [reply, next] = perform(state, words(request.raw), context);
    return { ...grown(state, next), response: { raw: encodeReply(reply) } };
  },
  onSignal(state: State, signal, context) {
    if (signal !== "SIGTERM" && signal !== "SIGINT") return { state, exit: 137 };
    const lines = [
      ["*", `Received ${signal} scheduling shutdown...`],
      ["*", "User requested shutdown..."],
    ];
    if (state.disk.savePoints) {
      const failure = save(state.disk, context.files, state);
      lines.push(["*", "Saving the final RDB snapshot before exiting."]);
      lines.push(failure ? ["#", `Failed opening the RDB file: ${failure}`] : ["*", "DB saved on disk"]);
    }
    lines.push(["#", "Redis is now ready to exit, bye bye..."]);
    const log = lines.map(([mark, text]) => line(context, mark!, text!));
    return { state, stdout: log.join(""), exit: 0 };
  },
  commands: {
    "redis-cli": (state: State, argv, context) => {
      const call = parseCli(argv);
      if (call.version) return { state, exitCode: 0, stdout: `redis-cli ${state.version}\n` };
      const here = ["127.0.0.1", "localhost", context.hostname, context.podIp].includes(call.host);
      if (!here || call.port !== state.port) return { state, ...ask(call, context) };
      const [reply, next] = perform(state, call.args, context);
      return { ...grown(state, next), exitCode: 0, stdout: `${shown(reply)}\n` };
    },
  },
};

/** Runs a command and writes down what it changed. Where the disk refuses, nothing has changed. */
function perform(state: State, args: string[], context: ProgramContext): [Reply, State] {
  const name = (args[0] ?? "").toLowerCase();
  if (name === "save" || name === "bgsave") {
    const failure = save(state.disk, context.files, state);
    if (failure) return [{ kind: "error", text: "ERR" }, state];
    return [{ kind: "simple", text: name === "save" ? "OK" : "Background saving started" }, state];
  }
  const [reply, next] = execute(state, args, context.nowMs);
  if (next === state || !state.disk.appendOnly) return [reply, next];
  const failure = append(state.disk, context.files, args);
  return failure
    ? [{ kind: "error", text: `MISCONF Errors writing to the AOF file: ${failure}` }, state]
    : [reply, next];
}

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
