import { badOption, type Command, type CommandIo, complain, type Outcome, parseOptions } from "./command";

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
