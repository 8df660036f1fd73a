import { base64Decode, base64Encode } from "@/posix/files/bytes";
import { formatTime } from "@/posix/shell/strftime";
import { type Command, type CommandIo, DONE, filter, plainWords } from "../command";

const UNITS: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `5`, `0.5`, `2m`; undefined where it is none. */
function duration(text: string): number | undefined {
  if (text === "infinity" || text === "inf") return Number.MAX_SAFE_INTEGER / 2;
  const match = /^(\d+(?:\.\d+)?)([smhd]?)$/.exec(text);
  return match ? Number(match[1]) * UNITS[match[2] || "s"]! : undefined;
}

/** Remembers when to be done, and says so until then. */
function waitUntil(io: CommandIo, delayMs: number): { wakeMs: number } | undefined {
  io.memory.untilMs ??= io.nowMs + delayMs;
  return io.nowMs < Number(io.memory.untilMs) ? { wakeMs: Number(io.memory.untilMs) } : undefined;
}

const sleep: Command = (io) => {
  const words = io.argv.slice(1);
  const bad = words.find((word) => duration(word) === undefined);
  if (words.length === 0 || bad !== undefined) {
    io.err(words.length === 0 ? "sleep: missing operand\n" : `sleep: invalid number '${bad}'\n`);
    return { exit: 1 };
  }
  return (
    waitUntil(
      io,
      words.reduce((sum, word) => sum + duration(word)!, 0),
    ) ?? DONE
  );
};

/** Lets the time pass, then lets go: the command itself runs in its place without a watch over it where it ends first. */
const timeout: Command = (io) => {
  const [limit, ...command] = io.argv
    .slice(1)
    .filter((word, index, all) => !word.startsWith("-") || index > all.findIndex((one) => !one.startsWith("-")));
  if (duration(limit ?? "") === undefined || command.length === 0) {
    io.err("timeout: usage: timeout SECS PROG ARGS\n");
    return { exit: 125 };
  }
  return { exec: command };
};

const env: Command = (io) => {
  const words = io.argv.slice(1).filter((word) => word !== "-i");
  const added: Record<string, string> = io.argv.includes("-i") ? {} : { ...io.env };
  while (words[0]?.includes("=")) {
    const word = words.shift()!;
    added[word.slice(0, word.indexOf("="))] = word.slice(word.indexOf("=") + 1);
  }
  if (words.length > 0) return { exec: words, env: added };
  for (const [name, value] of Object.entries(added)) io.out(`${name}=${value}\n`);
  return DONE;
};

const printenv: Command = (io) => {
  const name = io.argv[1];
  if (name === undefined) return env({ ...io, argv: ["env"] });
  if (io.env[name] === undefined) return { exit: 1 };
  io.out(`${io.env[name]}\n`);
  return DONE;
};

const date: Command = (io) => {
  const format = io.argv.find((word) => word.startsWith("+"))?.slice(1);
  io.out(
    `${formatTime(format ?? (io.argv.includes("-Iseconds") ? "%Y-%m-%dT%H:%M:%S+00:00" : "%a %b %e %H:%M:%S UTC %Y"), io.nowMs)}\n`,
  );
  return DONE;
};

const ps: Command = (io) => {
  io.out("PID   USER     TIME  COMMAND\n");
  for (const process of io.processes())
    io.out(`${String(process.pid).padStart(5)} root      0:00 ${process.argv.join(" ")}\n`);
  return DONE;
};

const kill: Command = (io) => {
  let signal = "SIGTERM";
  let exit = 0;
  for (const word of io.argv.slice(1)) {
    const named = /^-(?:s)?(?:SIG)?([A-Z0-9]+)$/.exec(word);
    if (named) signal = NUMBERS[named[1]!] ?? `SIG${named[1]}`;
    else if (!io.kill(Number(word), signal)) {
      io.err(`kill: can't kill pid ${word}: No such process\n`);
      exit = 1;
    }
  }
  return { exit };
};
const NUMBERS: Record<string, string> = {
  "1": "SIGHUP",
  "2": "SIGINT",
  "3": "SIGQUIT",
  "9": "SIGKILL",
  "15": "SIGTERM",
  "10": "SIGUSR1",
  "12": "SIGUSR2",
};

const OUTPUT_LIMIT = 100_000;
const seq: Command = (io) => {
  const numbers = plainWords({ ...io, argv: io.argv.map((word) => (/^-\d/.test(word) ? ` ${word}` : word)) }).map(
    Number,
  );
  const [first, step, last] =
    numbers.length === 1
      ? [1, 1, numbers[0]!]
      : numbers.length === 2
        ? [numbers[0]!, 1, numbers[1]!]
        : [numbers[0]!, numbers[1]!, numbers[2]!];
  let count = 0;
  for (let value = first; step > 0 ? value <= last : value >= last; value += step) {
    if (++count > OUTPUT_LIMIT || step === 0) break;
    io.out(`${value}\n`);
  }
  return DONE;
};

const expr: Command = (io) => {
  const [a = "0", operator, b = "0"] = io.argv.slice(1);
  const [x, y] = [Number(a), Number(b)];
  const results: Record<string, () => number | string> = {
    "+": () => x + y,
    "-": () => x - y,
    "*": () => x * y,
    "/": () => Math.trunc(x / y),
    "%": () => x % y,
    "=": () => Number(a === b),
    "!=": () => Number(a !== b),
    "<": () => Number(x < y),
    ">": () => Number(x > y),
    "<=": () => Number(x <= y),
    ">=": () => Number(x >= y),
  };
  const result = operator === undefined ? a : results[operator]?.();
  if (result === undefined || Number.isNaN(result)) {
    io.err("expr: syntax error\n");
    return { exit: 2 };
  }
  io.out(`${result}\n`);
  return { exit: result === 0 || result === "" || result === "0" ? 1 : 0 };
};

/** `yes` writes one screen a second: a container that runs it is busy, not endless. */
const yes: Command = (io) => {
  io.out(`${io.argv.slice(1).join(" ") || "y"}\n`.repeat(100));
  return { wakeMs: io.nowMs + 1000 };
};

const base64 = filter((text, io) => {
  if (!io.argv.some((word) => word === "-d" || word === "--decode"))
    return `${base64Encode(text).replace(/.{76}(?=.)/g, "$&\n")}\n`;
  const decoded = base64Decode(text.replace(/\s/g, ""));
  if (decoded !== undefined) return decoded;
  io.err("base64: truncated input\n");
  return { exit: 1 };
});

/** Runs the command once with all words of its input. */
const xargs: Command = (io) => {
  let text = String(io.memory.input ?? "");
  for (let data = io.read(); data !== null; data = io.read()) {
    if (data === undefined) {
      io.memory.input = text;
      return { wait: "stdin" };
    }
    text += data;
  }
  const command = plainWords(io);
  return { exec: [...(command.length > 0 ? command : ["echo"]), ...text.split(/\s+/).filter(Boolean)] };
};

const say =
  (text: (io: CommandIo) => string): Command =>
  (io) => {
    io.out(`${text(io)}\n`);
    return DONE;
  };

const id: Command = (io) => {
  const uid = io.argv.includes("-u");
  io.out(uid ? "0\n" : "uid=0(root) gid=0(root) groups=0(root)\n");
  return DONE;
};

const uname: Command = (io) => {
  io.out(
    io.argv.includes("-a")
      ? `Linux ${io.context.hostname} 6.1.0-37-amd64 #1 SMP x86_64 GNU/Linux\n`
      : io.argv.includes("-r")
        ? "6.1.0-37-amd64\n"
        : io.argv.includes("-n")
          ? `${io.context.hostname}\n`
          : io.argv.includes("-m")
            ? "x86_64\n"
            : "Linux\n",
  );
  return DONE;
};

export const systemCommands: Record<string, Command> = {
  base64,
  date,
  env,
  expr,
  hostname: say((io) => (io.argv.includes("-i") ? io.context.podIp : io.context.hostname)),
  id,
  kill,
  nproc: say(() => "2"),
  printenv,
  ps,
  seq,
  sleep,
  sync: () => DONE,
  timeout,
  uname,
  usleep: (io) => waitUntil(io, Number(io.argv[1]) / 1000) ?? DONE,
  whoami: say(() => "root"),
  xargs,
  yes,
};
