import { basename } from "../files/path";
import { formatTime } from "../shell/strftime";
import { type Command, type CommandIo, nameOf, parseOptions } from "./command";

export const memory = (io: CommandIo) => {
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

export const pgrep: Command = (io) => {
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

export const killCommand: Command = (io) => {
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
