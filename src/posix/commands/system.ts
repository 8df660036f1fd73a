import { basename, dirname } from "../files/path";
import { runTest } from "../shell/conditions";
import { unescapeEcho } from "../shell/escapes";
import { ShellFault } from "../shell/fault";
import { formatPrintf } from "../shell/printf";
import { newShell } from "../shell/state";
import { formatTime } from "../shell/strftime";
import { badOption, type Command, type CommandIo, complain, nameOf, parseOptions } from "./command";
import { parseDate } from "./dates";
import { expr } from "./expr";
import { killCommand, memory, pgrep, ps } from "./processes";
import { env, nohup, printenv, runRest, sleep, timeout } from "./running";
import { xargs } from "./xargs";

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

export const echo: Command = (io) => {
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
