import { basename, dirname } from "../files/path";
import { runTest } from "../shell/conditions";
import { unescapeEcho } from "../shell/escapes";
import { ShellFault } from "../shell/fault";
import { formatPrintf } from "../shell/printf";
import { newShell } from "../shell/state";
import { formatTime } from "../shell/strftime";
import {
  badOption,
  type Command,
  type CommandIo,
  complain,
  linesOf,
  nameOf,
  type Outcome,
  parseOptions,
} from "./command";
import { parseDate } from "./files";

/** `5`, `0.5`, `1m`, `2h`, `1d` in ms. */
export function durationMs(text: string): number | undefined {
  const match = /^(\d+(?:\.\d*)?|\.\d+)([smhd]?)$/.exec(text);
  if (!match) return text === "infinity" || text === "inf" ? 1e12 : undefined;
  return Number(match[1]) * { "": 1000, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }[match[2] as "s"]!;
}

export const sleep: Command = (io, state) => {
  if (state.untilMs === undefined) {
    if (io.argv.length < 2) {
      io.err(
        io.style === "gnu"
          ? "sleep: missing operand\nTry 'sleep --help' for more information.\n"
          : "BusyBox v1.36.1 multi-call binary.\n\nUsage: sleep [N]...\n",
      );
      return { exit: 1 };
    }
    let total = 0;
    for (const word of io.argv.slice(1)) {
      const time = durationMs(word);
      if (time === undefined) {
        io.err(
          io.style === "gnu"
            ? `sleep: invalid time interval ‘${word}’\nTry 'sleep --help' for more information.\n`
            : `sleep: invalid number '${word}'\n`,
        );
        return { exit: 1 };
      }
      total += time;
    }
    state.untilMs = io.nowMs + total;
  }
  return io.nowMs >= state.untilMs ? { exit: 0 } : { untilMs: state.untilMs };
};

export const date: Command = (io) => {
  const { flags, values, rest, bad } = parseOptions(io.argv, "uRI:d:r:s:D:", {
    utc: "u",
    universal: "u",
    date: "d",
    "rfc-email": "R",
    reference: "r",
    set: "s",
  });
  const iso = io.argv.find((word) => /^(-I|--iso-8601)/.test(word));
  if (bad && !iso) return badOption(io, bad);
  let when: number | undefined = io.nowMs;
  if (values.d !== undefined) when = parseDate(values.d, io.nowMs);
  if (values.r !== undefined) when = io.files.stat(values.r)?.modifiedMs;
  if (when === undefined) {
    complain(
      io,
      io.style === "gnu" ? `invalid date ‘${values.d ?? values.r}’` : `invalid date '${values.d ?? values.r}'`,
    );
    return { exit: 1 };
  }
  if (values.s !== undefined) {
    complain(io, "cannot set date: Operation not permitted");
    return { exit: 1 };
  }
  const format = rest.find((word) => word.startsWith("+"));
  const unit = iso?.replace(/^(-I|--iso-8601=?)/, "");
  const chosen =
    format?.slice(1) ??
    (iso === undefined
      ? flags.has("R")
        ? "%a, %d %b %Y %H:%M:%S %z"
        : "%a %b %e %H:%M:%S %Z %Y"
      : unit?.startsWith("s")
        ? "%Y-%m-%dT%H:%M:%S+00:00"
        : unit?.startsWith("m")
          ? "%Y-%m-%dT%H:%M+00:00"
          : "%Y-%m-%d");
  io.out(`${formatTime(chosen, when)}\n`);
  return { exit: 0 };
};

/** Starts `argv` as a child and ends as it does. */
function become(
  io: CommandIo,
  state: Record<string, any>,
  argv: string[],
  options: { env?: Record<string, string> } = {},
): Outcome {
  if (state.child === undefined) {
    const result = io.spawn(argv, options);
    if ("error" in result) {
      complain(
        io,
        io.style === "gnu"
          ? `‘${argv[0]}’: ${result.error === "denied" ? "Permission denied" : "No such file or directory"}`
          : `can't execute '${argv[0]}': ${result.error === "denied" ? "Permission denied" : "No such file or directory"}`,
      );
      return { exit: result.error === "denied" ? 126 : 127 };
    }
    state.child = result.pid;
  }
  const ended = io.poll(state.child);
  return ended ? { exit: ended.code } : { children: [state.child] };
}

export const env: Command = (io, state) => {
  const variables: Record<string, string> = { ...io.env };
  let index = 1;
  for (; index < io.argv.length; index++) {
    const word = io.argv[index]!;
    if (word === "-i" || word === "-" || word === "--ignore-environment")
      for (const name of Object.keys(variables)) delete variables[name];
    else if (word === "-u") delete variables[io.argv[++index] ?? ""];
    else if (word.startsWith("--unset=")) delete variables[word.slice(8)];
    else if (/^[^=-][^=]*=/.test(word)) variables[word.slice(0, word.indexOf("="))] = word.slice(word.indexOf("=") + 1);
    else break;
  }
  if (index < io.argv.length) return become(io, state, io.argv.slice(index), { env: variables });
  io.out(
    Object.entries(variables)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(""),
  );
  return { exit: 0 };
};

export const printenv: Command = (io) => {
  const names = io.argv.slice(1).filter((word) => !word.startsWith("-"));
  if (names.length === 0)
    io.out(
      Object.entries(io.env)
        .map(([name, value]) => `${name}=${value}\n`)
        .join(""),
    );
  let code = 0;
  for (const name of names) {
    if (Object.hasOwn(io.env, name)) io.out(`${io.env[name]}\n`);
    else code = 1;
  }
  return { exit: code };
};

export const timeout: Command = (io, state) => {
  const { values, rest, bad } = parseOptions(
    io.argv,
    "s:k:vf",
    { signal: "s", "kill-after": "k", "preserve-status": "p", foreground: "f", verbose: "v" },
    true,
  );
  if (bad && bad !== "--preserve-status") return badOption(io, bad, 125);
  const [limit, ...argv] = rest;
  const time = limit === undefined ? undefined : durationMs(limit);
  if (time === undefined || argv.length === 0) {
    complain(io, limit !== undefined && time === undefined ? `invalid time interval ‘${limit}’` : "missing operand");
    return { exit: 125 };
  }
  state.deadlineMs ??= time === 0 ? Number.MAX_SAFE_INTEGER : io.nowMs + time;
  const outcome = become(io, state, argv);
  if (!("children" in outcome))
    return state.fired && !io.argv.includes("--preserve-status") && "exit" in outcome
      ? { exit: outcome.exit === 137 ? 137 : io.style === "busybox" ? 143 : 124 }
      : outcome;
  if (io.nowMs >= state.deadlineMs && !state.fired) {
    state.fired = true;
    const name = values.s ?? "TERM";
    io.kill(
      state.child,
      /^\d+$/.test(name)
        ? ({ 1: "SIGHUP", 2: "SIGINT", 9: "SIGKILL", 15: "SIGTERM" }[name] ?? "SIGTERM")
        : `SIG${name.replace(/^SIG/, "")}`,
    );
    if (values.k !== undefined) state.killMs = io.nowMs + (durationMs(values.k) ?? 0);
    return timeout(io, state);
  }
  if (state.killMs !== undefined && io.nowMs >= state.killMs) {
    io.kill(state.child, "SIGKILL");
    state.killMs = undefined;
  }
  return {
    children: [state.child],
    ...(state.fired ? state.killMs !== undefined && { untilMs: state.killMs } : { untilMs: state.deadlineMs }),
  };
};

export const nohup: Command = (io, state) =>
  io.argv.length < 2 ? badOption(io, "--", 125) : become(io, state, io.argv.slice(1));

/** nice, stdbuf, setsid, sudo for root: run what follows. */
export const runRest: Command = (io, state) => {
  const rest = parseOptions(io.argv, "n:i:o:e:u:Ec", {}, true).rest;
  return rest.length === 0 ? { exit: 0 } : become(io, state, rest);
};

const XARGS_LIMIT = 2000;

export const xargs: Command = (io, state) => {
  const { flags, values, rest, bad } = parseOptions(
    io.argv,
    "0rtn:I:L:P:d:a:pi",
    {
      null: "0",
      "no-run-if-empty": "r",
      verbose: "t",
      "max-args": "n",
      replace: "I",
      "max-lines": "L",
      "max-procs": "P",
      delimiter: "d",
    },
    true,
  );
  if (bad) return badOption(io, bad);
  if (!state.batches) {
    state.text ??= "";
    for (;;) {
      const data = io.read();
      if (data === undefined) return { input: true };
      if (data === null) break;
      state.text += data;
    }
    state.batches = batches(state.text, flags, values, rest.length > 0 ? rest : ["echo"]).slice(0, XARGS_LIMIT);
    state.code = 0;
    state.at = 0;
  }
  for (;;) {
    if (state.child !== undefined) {
      const ended = io.poll(state.child);
      if (!ended) return { children: [state.child] };
      state.child = undefined;
      if (ended.code === 255) {
        complain(io, "exited with status 255; aborting");
        return { exit: 124 };
      }
      if (ended.code !== 0) state.code = 123;
    }
    const next = state.batches[state.at++];
    if (!next) return { exit: state.code };
    if (flags.has("t")) io.err(`${next.join(" ")}\n`);
    const result = io.spawn(next, { stdin: "" });
    if ("error" in result) {
      complain(io, `${next[0]}: No such file or directory`);
      return { exit: 127 };
    }
    state.child = result.pid;
  }
};

function batches(text: string, flags: Set<string>, values: Record<string, string>, command: string[]): string[][] {
  const separator = flags.has("0") ? "\0" : values.d === "\\n" ? "\n" : values.d;
  const replaces = values.I ?? (flags.has("i") ? "{}" : undefined);
  const items =
    separator !== undefined
      ? text.split(separator).filter((item, index, all) => item !== "" || index < all.length - 1)
      : replaces !== undefined
        ? linesOf(text)
            .map((line) => line.trim())
            .filter(Boolean)
        : words(text);
  if (replaces !== undefined) return items.map((item) => command.map((word) => word.replaceAll(replaces, item)));
  if (items.length === 0) return flags.has("r") ? [] : [command];
  const lines = values.L
    ? linesOf(text)
        .filter((line) => line.trim() !== "")
        .map(words)
    : undefined;
  if (lines) return lines.map((line) => [...command, ...line]);
  const size = values.n ? Math.max(1, Number(values.n)) : 5000;
  const result: string[][] = [];
  for (let index = 0; index < items.length; index += size)
    result.push([...command, ...items.slice(index, index + size)]);
  return result;
}

/** Splits as xargs does: quotes and backslashes keep blanks. */
function words(text: string): string[] {
  const result: string[] = [];
  for (const match of text.matchAll(/(?:[^\s"'\\]|"[^"\n]*"|'[^'\n]*'|\\[\s\S])+/g)) {
    result.push(
      match[0].replace(/"([^"\n]*)"|'([^'\n]*)'|\\([\s\S])/g, (_, double, single, char) => double ?? single ?? char),
    );
  }
  return result;
}

const memory = (io: CommandIo) => {
  const { flags } = parseOptions(io.argv, "hmgkbt");
  const unit = flags.has("m") ? 1024 : flags.has("g") ? 1024 * 1024 : 1;
  const cell = (value: number) =>
    (flags.has("h") ? `${(value / 1024 / 1024).toFixed(1)}Gi` : String(Math.floor(value / unit))).padStart(12);
  io.out(
    `               total        used        free      shared  buff/cache   available\nMem:   ${[8_130_240, 1_204_380, 5_310_112, 10_240, 1_615_748, 6_925_860].map(cell).join("")}\nSwap:  ${[0, 0, 0].map(cell).join("")}\n`,
  );
  return { exit: 0 };
};

function elapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

export const ps: Command = (io) => {
  const options = io.argv.slice(1).join("").replaceAll("-", "");
  const all = /[ea]|x/.test(options) || io.style === "busybox";
  const listed = io.processes().filter((process) => all || process.user === io.user.name);
  if (io.style === "busybox") {
    io.out("PID   USER     TIME  COMMAND\n");
    for (const { pid, user, argv } of listed)
      io.out(`${String(pid).padStart(5)} ${user.padEnd(8)}  0:00 ${argv.join(" ")}\n`);
    return { exit: 0 };
  }
  if (/u/.test(options)) {
    io.out("USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND\n");
    for (const { pid, user, argv, startedMs } of listed)
      io.out(
        `${user.padEnd(8)} ${String(pid).padStart(7)}  0.0  0.1   4628  3712 ?        S    ${formatTime("%H:%M", startedMs)}   0:00 ${argv.join(" ")}\n`,
      );
  } else if (/f/.test(options)) {
    io.out("UID          PID    PPID  C STIME TTY          TIME CMD\n");
    for (const { pid, parentPid, user, argv, startedMs } of listed)
      io.out(
        `${user.padEnd(8)} ${String(pid).padStart(7)} ${String(parentPid).padStart(7)}  0 ${formatTime("%H:%M", startedMs)} ?        00:00:00 ${argv.join(" ")}\n`,
      );
  } else {
    io.out("    PID TTY          TIME CMD\n");
    for (const { pid, argv } of listed)
      io.out(`${String(pid).padStart(7)} pts/0    ${elapsed(0)} ${basename(argv[0]!.replace(/^-/, ""))}\n`);
  }
  return { exit: 0 };
};

const pgrep: Command = (io) => {
  const pattern = io.argv.slice(1).find((word) => !word.startsWith("-"));
  const full = io.argv.includes("-f");
  const found = io
    .processes()
    .filter(
      ({ argv }) =>
        pattern !== undefined &&
        (full ? argv.join(" ") : basename(argv[0]!)).includes(pattern) &&
        argv[0] !== io.argv[0],
    );
  if (nameOf(io) === "pgrep") io.out(found.map(({ pid }) => `${pid}\n`).join(""));
  else {
    const signal = io.argv
      .slice(1)
      .find((word) => /^-([A-Z]+|\d+)$/.test(word))
      ?.slice(1);
    for (const { pid } of found)
      io.kill(
        pid,
        signal === "9" || signal === "KILL" ? "SIGKILL" : signal === "1" || signal === "HUP" ? "SIGHUP" : "SIGTERM",
      );
  }
  return { exit: found.length > 0 ? 0 : 1 };
};

const killCommand: Command = (io) => {
  const words = io.argv.slice(1);
  let signal = "TERM";
  if (/^-(?!\d+$)[A-Za-z]+$|^-\d+$/.test(words[0] ?? "") && words[0] !== "-s") signal = words.shift()!.slice(1);
  else if (words[0] === "-s") signal = words.splice(0, 2)[1] ?? "TERM";
  const name =
    { 1: "HUP", 2: "INT", 3: "QUIT", 9: "KILL", 10: "USR1", 12: "USR2", 15: "TERM", 18: "CONT", 19: "STOP" }[signal] ??
    signal.replace(/^SIG/, "");
  let code = 0;
  for (const word of words) {
    const pid = Number(word);
    const done =
      signal === "0"
        ? io.processes().some((process) => process.pid === pid)
        : Number.isInteger(pid) && io.kill(pid, `SIG${name}`);
    if (done) continue;
    io.err(
      io.style === "busybox"
        ? `kill: can't kill pid ${word}: No such process\n`
        : `kill: sending signal to ${word} failed: No such process\n`,
    );
    code = 1;
  }
  return { exit: code };
};

const which: Command = (io) => {
  let code = 0;
  for (const name of io.argv.slice(1).filter((word) => !word.startsWith("-"))) {
    const path = io.find(name);
    if (path) io.out(`${path}\n`);
    else code = 1;
  }
  return { exit: code };
};

const uname: Command = (io) => {
  const { flags } = parseOptions(io.argv, "asnrvmpio", { all: "a" });
  const parts: [string, string][] = [
    ["s", "Linux"],
    ["n", io.hostname],
    ["r", "6.1.0-37-amd64"],
    ["v", "#1 SMP PREEMPT_DYNAMIC Debian 6.1.140-1 (2025-05-22)"],
    ["m", "x86_64"],
    ["o", io.style === "gnu" ? "GNU/Linux" : "Linux"],
  ];
  const wanted = parts.filter(
    ([letter]) => flags.has("a") || flags.has(letter) || (flags.size === 0 && letter === "s"),
  );
  io.out(`${wanted.map(([, text]) => text).join(" ")}\n`);
  return { exit: 0 };
};

const id: Command = (io) => {
  const { flags } = parseOptions(io.argv, "ugnGr");
  const { name, uid, gid } = io.user;
  if (flags.has("u")) io.out(`${flags.has("n") ? name : uid}\n`);
  else if (flags.has("g") || flags.has("G")) io.out(`${flags.has("n") ? name : gid}\n`);
  else {
    const known = !/^\d+$/.test(name);
    io.out(
      `uid=${uid}${known ? `(${name})` : ""} gid=${gid}${known || gid === 0 ? `(${gid === 0 ? "root" : name})` : ""} groups=${gid}${known || gid === 0 ? `(${gid === 0 ? "root" : name})` : ""}\n`,
    );
  }
  return { exit: 0 };
};

const expr: Command = (io) => {
  const words = io.argv.slice(1);
  let at = 0;
  let failed: string | undefined;
  const isNumber = (text: string) => /^-?\d+$/.test(text);
  const primary = (): string => {
    const word = words[at++];
    if (word === "(") {
      const value = level(0);
      at++;
      return value;
    }
    if (word === "length") return String([...(words[at++] ?? "")].length);
    if (word === "substr") {
      const [text, from, length] = [words[at++] ?? "", Number(words[at++]), Number(words[at++])];
      return text.slice(from - 1, from - 1 + length);
    }
    if (word === undefined) failed ??= "syntax error: missing argument";
    return word ?? "";
  };
  const LEVELS = [["|"], ["&"], ["<", "<=", "=", "==", "!=", ">=", ">"], ["+", "-"], ["*", "/", "%"], [":"]];
  const level = (depth: number): string => {
    if (depth === LEVELS.length) return primary();
    let left = level(depth + 1);
    while (LEVELS[depth]!.includes(words[at] ?? "")) {
      const operator = words[at++]!;
      left = apply(operator, left, level(depth + 1));
    }
    return left;
  };
  const apply = (operator: string, a: string, b: string): string => {
    if (operator === "|") return a !== "" && a !== "0" ? a : b;
    if (operator === "&") return a !== "" && a !== "0" && b !== "" && b !== "0" ? a : "0";
    if (operator === ":") {
      try {
        const match = new RegExp(`^(?:${b.replaceAll("\\(", "(").replaceAll("\\)", ")")})`).exec(a);
        return b.includes("\\(") ? (match?.[1] ?? "") : String(match?.[0].length ?? 0);
      } catch {
        return "0";
      }
    }
    if (["<", "<=", "=", "==", "!=", ">=", ">"].includes(operator)) {
      const order = isNumber(a) && isNumber(b) ? Number(a) - Number(b) : a < b ? -1 : a > b ? 1 : 0;
      return String(
        Number(
          operator === "<"
            ? order < 0
            : operator === "<="
              ? order <= 0
              : operator === ">"
                ? order > 0
                : operator === ">="
                  ? order >= 0
                  : operator === "!="
                    ? order !== 0
                    : order === 0,
        ),
      );
    }
    if (!isNumber(a) || !isNumber(b)) {
      failed ??= "non-integer argument";
      return "0";
    }
    const [x, y] = [Number(a), Number(b)];
    if ((operator === "/" || operator === "%") && y === 0) {
      failed ??= "division by zero";
      return "0";
    }
    return String(
      operator === "+"
        ? x + y
        : operator === "-"
          ? x - y
          : operator === "*"
            ? x * y
            : operator === "/"
              ? Math.trunc(x / y)
              : x % y,
    );
  };
  const value = level(0);
  if (failed === undefined && at < words.length) failed = `syntax error: unexpected argument ‘${words[at]}’`;
  if (failed !== undefined) {
    complain(io, failed);
    return { exit: 2 };
  }
  io.out(`${value}\n`);
  return { exit: value === "" || value === "0" ? 1 : 0 };
};

const echo: Command = (io) => {
  const words = io.argv.slice(1);
  let newline = true;
  let escapes = false;
  while (/^-[neE]+$/.test(words[0] ?? "")) {
    const word = words.shift()!;
    if (word.includes("n")) newline = false;
    if (word.includes("e")) escapes = true;
  }
  const { text, stop } = escapes ? unescapeEcho(words.join(" ")) : { text: words.join(" "), stop: false };
  io.out(newline && !stop ? `${text}\n` : text);
  return { exit: 0 };
};

const printf: Command = (io) => {
  const [, format, ...args] = io.argv;
  if (format === undefined) return { exit: 1 };
  const { text, complaints } = formatPrintf(format, args, io.nowMs);
  io.out(text);
  for (const complaint of complaints) complain(io, complaint);
  return { exit: complaints.length > 0 ? 1 : 0 };
};

const test: Command = (io) => {
  const bracket = nameOf(io) === "[";
  const args = io.argv.slice(1);
  if (bracket && args.pop() !== "]") {
    complain(io, "missing ‘]’");
    return { exit: 2 };
  }
  const place = {
    state: newShell({ cwd: io.cwd, env: io.env }),
    host: { files: io.files, isTty: () => false, nowMs: io.nowMs } as never,
  };
  try {
    return { exit: runTest(place, args) ? 0 : 1 };
  } catch (error) {
    if (!(error instanceof ShellFault)) throw error;
    complain(io, error.message);
    return { exit: 2 };
  }
};

const print =
  (text: (io: CommandIo) => string): Command =>
  (io) => {
    io.out(`${text(io)}\n`);
    return { exit: 0 };
  };

const named =
  (change: (path: string, suffix?: string) => string): Command =>
  (io) => {
    const words = io.argv.slice(1).filter((word) => word !== "--" && !/^-[az]$/.test(word));
    if (words.length === 0) {
      complain(io, "missing operand");
      return { exit: 1 };
    }
    const several = io.argv.includes("-a");
    for (const word of several ? words : words.slice(0, 1)) io.out(`${change(word, several ? undefined : words[1])}\n`);
    return { exit: 0 };
  };

export const systemCommands: Record<string, Command> = {
  sleep,
  date,
  env,
  printenv,
  timeout,
  nohup,
  nice: runRest,
  stdbuf: runRest,
  setsid: runRest,
  xargs,
  ps,
  pgrep,
  pkill: pgrep,
  kill: killCommand,
  which,
  uname,
  id,
  expr,
  echo,
  printf,
  test,
  "[": test,
  free: memory,
  true: () => ({ exit: 0 }),
  false: () => ({ exit: 1 }),
  sync: () => ({ exit: 0 }),
  pwd: print((io) => io.cwd),
  hostname: print((io) => (io.argv.includes("-i") || io.argv.includes("-I") ? "127.0.1.1" : io.hostname)),
  whoami: print((io) => io.user.name),
  arch: print(() => "x86_64"),
  nproc: print(() => "2"),
  tty: (io) => {
    io.out(io.isTty(0) ? "/dev/pts/0\n" : "not a tty\n");
    return { exit: io.isTty(0) ? 0 : 1 };
  },
  uptime: print(
    (io) => ` ${formatTime("%H:%M:%S", io.nowMs)} up 1 day,  2:11,  1 user,  load average: 0.08, 0.03, 0.01`,
  ),
  basename: named((path, suffix) => basename(path, suffix)),
  dirname: named((path) => dirname(path)),
};
