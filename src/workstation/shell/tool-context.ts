import type { NetworkResponse } from "@/sim/network/types";
import { ProcessEnded, type SignalName, type ToolContext, type ToolInput, type ToolOutput } from "../tools/tool";
import type { Computer } from "./computer";
import { type OpenFile, SinkFile, TextFile } from "./open-file";
import type { Process } from "./process";

/** Reads and writes after which a tool has to let others have their turn, and what that costs in lab time. */
const CALLS_PER_TURN = 512;
const TURN_MS = 1;
const READ_ALL_LIMIT = 32 * 1024 * 1024;
/** A client gives up a connection that nobody answers after this long, unless it says otherwise (Linux's own limit). */
const PATIENCE_MS = 130_000;
const FIRST_LOCAL_PORT = 40_000;

/** What a tool is handed: the process's own files, streams, time and place on the network. */
export function toolContext(computer: Computer, process: Process): ToolContext {
  const { options, clock } = computer;
  let calls = 0;
  const turn = async () => {
    options.onActivity();
    if (++calls % CALLS_PER_TURN === 0) await process.race(clock.sleep(TURN_MS));
    else await process.gate();
  };
  const file = (fd: number) => process.fds.get(fd);
  const input = toolInput(process, () => file(0), turn);
  const output = (fd: number): ToolOutput => ({
    write: (data) => {
      const written = write(computer, process, file(fd), data, turn);
      // Who prints from a watch waits for nothing: that the process has ended is then nobody's error.
      written.catch(() => {});
      return written;
    },
  });
  return {
    argv: process.argv,
    env: process.env,
    cwd: process.cwd,
    pid: process.pid,
    files: options.files,
    stdin: input,
    stdout: output(1),
    stderr: output(2),
    isTty: (fd) => file(fd)?.isTty ?? false,
    get columns() {
      return process.tty?.columns ?? 80;
    },
    get rows() {
      return process.tty?.rows ?? 24;
    },
    onResize: (listener) => {
      const stop = process.tty?.onResize(listener);
      if (stop) process.onEnd(stop);
    },
    get nowMs() {
      return clock.nowMs;
    },
    sleep: async (delayMs) => {
      options.onActivity();
      let cancel: () => void = () => {};
      process.onEnd(() => cancel());
      await process.race(
        new Promise<void>((resolve) => {
          cancel = clock.at(clock.nowMs + Math.max(0, delayMs), resolve);
        }),
      );
      options.onActivity();
    },
    onSignal: (signal, listener) => void process.signalListeners.set(signal, listener),
    onEnd: (cleanup) => process.onEnd(cleanup),
    wait: async (promise) => {
      options.onActivity();
      const value = await process.race(promise);
      options.onActivity();
      return value;
    },
    kube: boundKube(computer, process),
    network: async (request, patienceMs = PATIENCE_MS) => {
      const local = /^(localhost|127\.|\[?::1\]?$)/.test(request.host)
        ? computer.listeners.get(request.port)
        : undefined;
      const answer = local
        ? process.race(local({ payload: request.payload }))
        : Promise.resolve(options.network(request));
      const cancelled = local
        ? await process.race(Promise.race([answer, clock.sleep(patienceMs).then(() => undefined)]))
        : await answer;
      const response: NetworkResponse = cancelled ?? { outcome: "timeout", latencyMs: patienceMs, hops: [] };
      const waitMs = response.outcome === "timeout" ? patienceMs : Math.min(response.latencyMs, patienceMs);
      options.onActivity();
      if (waitMs > 0 && cancelled) await process.race(clock.sleep(waitMs));
      return response.latencyMs > patienceMs ? { ...response, outcome: "timeout", latencyMs: patienceMs } : response;
    },
    resolve: async (name, type, how) => {
      const answer = options.resolve(name, type, how);
      await process.race(clock.sleep(answer.latencyMs));
      return answer;
    },
    listen: (wanted, handler) => {
      let port = wanted;
      if (port === 0) for (port = FIRST_LOCAL_PORT; computer.listeners.has(port); ) port++;
      if (computer.listeners.has(port)) return undefined;
      computer.listeners.set(port, handler);
      const close = () => {
        if (computer.listeners.get(port) === handler) computer.listeners.delete(port);
      };
      process.onEnd(close);
      return { port, close };
    },
    edit: async (request) => {
      const { edit } = options;
      if (!edit || !process.tty) return undefined;
      return process.race(
        new Promise<string | null>((resolve) => edit({ ...request, terminal: process.tty!.id, resolve })),
      );
    },
    rawMode: (on) => {
      const { tty } = process;
      if (!tty || !file(0)?.isTty) return false;
      if (on) process.onEnd(() => tty.setRaw(false));
      tty.setRaw(on);
      return true;
    },
    readPassword: async (prompt) => {
      const { tty } = process;
      if (!tty) return undefined;
      tty.write(prompt);
      tty.setEcho(false);
      try {
        const line = await readLine(process, tty.file, turn);
        tty.write("\n");
        return line ?? undefined;
      } finally {
        tty.setEcho(true);
      }
    },
    run: (argv, given = {}) => runCommand(computer, process, argv, given),
    random: () => options.random(),
    machine: options.info,
    ...(options.node && { node: options.node }),
    ...(options.login && { login: options.login }),
    processes: () => processList(computer),
    signalProcess: (pid, signal) => computer.signal(pid, signal) === true,
  };
}

function processList(computer: Computer) {
  const own = [...computer.processes.values()]
    .filter((process) => !process.ended)
    .map(({ pid, parentPid, user, argv, startedMs, stopped, tty }) => ({
      pid,
      parentPid,
      user,
      argv,
      startedMs,
      state: stopped ? ("stopped" as const) : ("running" as const),
      ...(tty && { tty: tty.name }),
    }));
  const foreign = (computer.options.foreign?.() ?? []).map((item) => ({ ...item, state: "running" as const }));
  return [...foreign, ...own].sort((a, b) => a.pid - b.pid);
}

function boundKube(computer: Computer, process: Process): ToolContext["kube"] {
  const { kube } = computer.options;
  return {
    request: (request) => process.race(kube.request(request)),
    watch: (request, onEvent, onEnd) => {
      const watch = kube.watch(
        request,
        (event) => {
          if (!process.ended) onEvent(event);
        },
        (status) => {
          if (!process.ended) onEnd?.(status);
        },
      );
      process.onEnd(() => watch.stop());
      return watch;
    },
    connect: async (request) => {
      const stream = await process.race(kube.connect(request));
      process.onEnd(() => stream.close());
      return stream;
    },
  };
}

async function write(
  computer: Computer,
  process: Process,
  file: OpenFile | undefined,
  data: string,
  turn: () => Promise<void>,
): Promise<void> {
  if (process.ended) throw new ProcessEnded();
  if (!file) return;
  // The data goes at once, so that texts keep their order where a tool does not wait for each.
  const result = file.write(data);
  if (result === "broken") {
    if (computer.signal(process.pid, "SIGPIPE")) throw new ProcessEnded();
    return;
  }
  await turn();
  while (!process.ended && file.write("") === "full")
    await process.race(new Promise<void>((resolve) => file.wait(resolve)));
}

function toolInput(process: Process, file: () => OpenFile | undefined, turn: () => Promise<void>): ToolInput {
  const next = async (options?: { upTo?: string }): Promise<string | null> => {
    const source = file();
    if (!source) return null;
    await turn();
    for (;;) {
      const data = source.read(options);
      if (data !== undefined) return data;
      await process.race(new Promise<void>((resolve) => source.wait(resolve)));
    }
  };
  return {
    read: () => next(),
    readLine: () => readLine(process, file(), turn),
    readAll: async () => {
      let text = "";
      for (let data = await next(); data !== null && text.length < READ_ALL_LIMIT; data = await next()) text += data;
      return text;
    },
  };
}

async function readLine(
  process: Process,
  file: OpenFile | undefined,
  turn: () => Promise<void>,
): Promise<string | null> {
  if (!file) return null;
  let line = "";
  await turn();
  for (;;) {
    const data = file.read({ upTo: "\n" });
    if (data === null) return line === "" ? null : line;
    if (data === undefined) {
      await process.race(new Promise<void>((resolve) => file.wait(resolve)));
      continue;
    }
    line += data;
    if (line.endsWith("\n")) return line.slice(0, -1);
  }
}

async function runCommand(
  computer: Computer,
  process: Process,
  argv: string[],
  given: Parameters<ToolContext["run"]>[1] & object,
): Promise<number> {
  const fds = new Map<number, OpenFile>();
  for (const [fd, file] of process.fds) fds.set(fd, computer.retain(file));
  const put = (fd: number, file: OpenFile) => {
    const before = fds.get(fd);
    if (before) computer.release(before);
    fds.set(fd, file);
  };
  if (given.stdin !== undefined) put(0, new TextFile(given.stdin));
  if (given.stdout) put(1, new SinkFile(given.stdout));
  if (given.stderr) put(2, new SinkFile(given.stderr));
  const result = computer.start(
    { argv, env: { ...(given.env ?? process.env) }, cwd: given.cwd ?? process.cwd },
    fds,
    process,
  );
  if ("error" in result) {
    const text = result.error === "denied" ? "Permission denied" : "No such file or directory";
    const message = `${process.argv[0]}: ${process.argv[0] === "env" || process.argv[0] === "xargs" ? "" : "failed to run command "}‘${argv[0]}’: ${text}\n`;
    if (given.stderr) given.stderr(message);
    else await write(computer, process, process.fds.get(2), message, async () => {});
    return result.error === "denied" ? 126 : 127;
  }
  given.onStart?.(result.pid);
  const child = computer.processes.get(result.pid);
  const forward = (signal: SignalName) => void computer.signal(result.pid, signal);
  process.onEnd(() => forward("SIGTERM"));
  while (child && !child.ended) await process.race(new Promise<void>((resolve) => child.watch(resolve)));
  if (child) computer.reap(child);
  return child?.ended?.code ?? 0;
}
