import type { Program, ProgramContext } from "../../program";

export const DEFAULT_PORT = 6379;

/** Where redis-cli turns to and with what; `version` where it was only asked for that. */
export interface CliCall {
  host: string;
  port: number;
  args: string[];
  version: boolean;
}

export function parseCli(argv: readonly string[]): CliCall {
  const args = argv.slice(1);
  const call: CliCall = { host: "127.0.0.1", port: DEFAULT_PORT, args, version: false };
  while (args[0]?.startsWith("-")) {
    const option = args.shift()!;
    if (option === "-h") call.host = args.shift() ?? call.host;
    else if (option === "-p") call.port = Number(args.shift());
    else if (option === "-n" || option === "-a") args.shift();
    else if (option === "-v" || option === "--version") call.version = true;
  }
  return call;
}

/** One command sent over the network, and its answer as redis-cli prints it. */
export function ask({ host, port, args }: CliCall, context: ProgramContext) {
  const answer = context.request({ host, port, payload: { kind: "raw", data: args.map(quoted).join(" ") } });
  if (answer.outcome === "ok" && answer.raw !== undefined)
    return { exitCode: 0, stdout: `${plain(answer.raw)}\n`, stderr: "" };
  const why = answer.outcome === "unknown-host" ? "Name or service not known" : "Connection refused";
  return { exitCode: 1, stdout: "", stderr: `Could not connect to Redis at ${host}:${port}: ${why}\n` };
}

/** redis-cli in a container that runs no server: one command, then it ends. */
export const redisCli: Program<any> = {
  name: "redis-cli",
  start(context) {
    const { exitCode, stdout, stderr } = run(context.argv, context);
    return { state: null, stdout, stderr, exit: exitCode };
  },
  commands: {
    "redis-cli": (state, argv, context) => ({ state, ...run(argv, context) }),
  },
};

function run(argv: readonly string[], context: ProgramContext) {
  const call = parseCli(argv);
  if (call.version) return { exitCode: 0, stdout: `redis-cli ${context.env.REDIS_VERSION ?? "7.4.1"}\n`, stderr: "" };
  return ask(call, context);
}

const quoted = (word: string) => (/^[^\s"']+$/.test(word) ? word : JSON.stringify(word));

/** A reply of the wire without its marks and lengths. */
const plain = (text: string): string =>
  text
    .split("\r\n")
    .filter((part) => !/^[$*]-?\d+$/.test(part))
    .map((part) => part.replace(/^[+\-:]/, ""))
    .join("\n")
    .trimEnd();
