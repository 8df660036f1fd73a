import type { Sim } from "../../component";
import { findImage } from "../../images/catalog";
import type { Image } from "../../images/image";
import type { Effects, Program, Replacement } from "../../images/program";
import { programs } from "../../images/programs";
import { type CommandResult, runCommand as runInUserland } from "../../images/userland";
import { deepEqual } from "../../kernel/freeze";
import type { ContainerRef } from "../../runtime";
import type { Json } from "../../types";
import { wakeProbes } from "../probes/lazy";
import { KUBELET } from "../records";
import { charge, settleAccount } from "../usage/accounts";
import { programContext, type Trace } from "./context";
import { findExecutable, ociError, SHELL_PROGRAM } from "./executables";
import { openFiles, prepareFiles } from "./files";
import { type InstanceRow, instanceKey, readInstance, runningInstance, writeInstance } from "./instances";
import { appendLog, flushLog, readLog } from "./logs";

export const SIGNALS: Record<string, number> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGKILL: 9,
  SIGUSR1: 10,
  SIGUSR2: 12,
  SIGTERM: 15,
  SIGCONT: 18,
  SIGSTOP: 19,
  SIGWINCH: 28,
};
/** What is kept of a termination message, and how much of the log stands in for it. */
const MESSAGE_LIMIT = 4096;
const FALLBACK_LIMIT = 2048;
const FALLBACK_LINES = 80;

export const programTimer = (ref: ContainerRef, name: string): string => `program/${instanceKey(ref)}/${name}`;

export const programOf = (row: InstanceRow): Program | undefined => programs[row.program];

/** Starts the main process of a created container. `error` is what runc says where it cannot be executed. */
export function startInstance(sim: Sim, ref: ContainerRef): { error?: string } {
  const row = readInstance(sim, ref);
  const image = row && findImage(row.image);
  if (!row || !image) return { error: "container not found" };
  const badMount = prepareFiles(sim, row);
  const found = badMount ? { error: ociError(badMount) } : findExecutable(image, row.argv, openFiles(sim, row), row);
  if ("error" in found) {
    const nowMs = sim.kernel.nowMs;
    const ending = {
      id: row.id,
      startedMs: 0,
      finishedMs: nowMs,
      exitCode: 128,
      reason: "StartError",
      message: found.error,
    };
    writeInstance(sim, { ...row, state: "exited", ending });
    return { error: found.error };
  }
  writeInstance(sim, { ...row, state: "running", startedMs: sim.kernel.nowMs, program: found.program });
  const started = readInstance(sim, ref)!;
  applyStep(sim, ref, programOf(started)!.start(programContext(sim, started)));
  if (started.static) reviewControlPlane(sim);
  return {};
}

/** Takes over what a step of the program left behind. Says whether anything differs from before. */
export function applyStep(sim: Sim, ref: ContainerRef, step: { state: Json } & Effects): boolean {
  const row = runningInstance(sim, ref);
  if (!row) return false;
  const next = { ...row };
  let changed = false;
  if (step.workMs) charge(sim, row, step.workMs * 1000);
  if (step.cpuMillicores !== undefined && step.cpuMillicores !== row.cpuMillicores) settleAccount(sim, row);
  if (step.state !== undefined && !deepEqual(step.state, row.programState)) {
    next.programState = step.state;
    changed = true;
  }
  if (step.listen && !deepEqual(step.listen, row.listeners)) {
    next.listeners = step.listen;
    changed = true;
  }
  for (const field of ["memoryBytes", "cpuMillicores"] as const) {
    const value = step[field];
    if (value === undefined || value === row[field]) continue;
    next[field] = value;
    changed = true;
  }
  if (step.timers) {
    next.timers = setTimers(sim, row, step.timers);
    changed = true;
  }
  if (changed) writeInstance(sim, next);
  if (step.stdout) appendLog(sim, ref, "stdout", step.stdout);
  if (step.stderr) appendLog(sim, ref, "stderr", step.stderr);
  changed ||= Boolean(step.stdout || step.stderr);
  if (step.become) {
    become(sim, ref, next, step.become);
    return true;
  }
  if (next.memoryLimitBytes !== undefined && next.memoryBytes > next.memoryLimitBytes) {
    endInstance(sim, ref, 137, "OOMKilled");
    return true;
  }
  if (step.exit !== undefined) {
    endInstance(sim, ref, step.exit & 0xff);
    return true;
  }
  if (changed) wakeProbes(sim, ref.podUid);
  return changed;
}

/** The main process goes on as another program of its image. */
function become(sim: Sim, ref: ContainerRef, row: InstanceRow, { argv, env, workingDirectory }: Replacement): void {
  const image = findImage(row.image) as Image;
  const found = findExecutable(image, argv, openFiles(sim, row), { env, workingDirectory });
  if ("error" in found || found.program === SHELL_PROGRAM) {
    appendLog(sim, ref, "stderr", `sh: ${argv[0]}: not found\n`);
    endInstance(sim, ref, 127);
    return;
  }
  const started = { ...row, argv, env, workingDirectory, program: found.program, programState: null };
  writeInstance(sim, started);
  applyStep(sim, ref, programOf(started)!.start(programContext(sim, started)));
}

function setTimers(sim: Sim, row: InstanceRow, timers: Record<string, number | null>): string[] {
  const names = new Set(row.timers);
  for (const [name, afterMs] of Object.entries(timers)) {
    const key = programTimer(row, name);
    if (afterMs === null) {
      sim.kernel.cancel(KUBELET, key);
      names.delete(name);
    } else {
      sim.kernel.schedule(afterMs, KUBELET, key);
      names.add(name);
    }
  }
  return [...names];
}

/** The main process is gone. The kubelet hears of it through `exited/…`. */
export function endInstance(
  sim: Sim,
  ref: ContainerRef,
  exitCode: number,
  reason = exitCode === 0 ? "Completed" : "Error",
): void {
  const row = runningInstance(sim, ref);
  if (!row) return;
  for (const name of row.timers) sim.kernel.cancel(KUBELET, programTimer(row, name));
  flushLog(sim, ref);
  const message = terminationMessage(sim, row, exitCode);
  const ending = {
    id: row.id,
    startedMs: row.startedMs,
    finishedMs: sim.kernel.nowMs,
    exitCode,
    reason,
    ...(message && { message }),
  };
  writeInstance(sim, { ...row, state: "exited", ending, listeners: [], timers: [], memoryBytes: 0, cpuMillicores: 0 });
  wakeProbes(sim, ref.podUid);
  sim.kernel.schedule(0, KUBELET, `exited/${instanceKey(ref)}`);
  if (row.static) reviewControlPlane(sim);
}

/** A container of a static pod has started or ended: see `control-plane/review.ts`. */
const reviewControlPlane = (sim: Sim) => sim.kernel.schedule(0, "control-plane", "review");

function terminationMessage(sim: Sim, row: InstanceRow, exitCode: number): string | undefined {
  let message = "";
  try {
    const files = openFiles(sim, row, { uid: 0, gid: 0 });
    if (files.stat(row.terminationMessagePath))
      message = files.readFile(row.terminationMessagePath).slice(0, MESSAGE_LIMIT);
  } catch {
    // What is not a file holds no message.
  }
  if (message === "" && row.terminationMessagePolicy === "FallbackToLogsOnError" && exitCode !== 0) {
    const lines = (readLog(sim, row) ?? []).slice(-FALLBACK_LINES);
    message = lines
      .map((line) => `${line.text}\n`)
      .join("")
      .slice(-FALLBACK_LIMIT);
  }
  return message || undefined;
}

/** A signal to the main process, or to another that its program knows. */
export function signalInstance(sim: Sim, ref: ContainerRef, signal: string, pid = 1): boolean {
  const row = runningInstance(sim, ref);
  const number = SIGNALS[signal];
  if (!row || number === undefined) return false;
  const program = programOf(row);
  if (pid !== 1) {
    const known = program?.processes?.(row.programState, programContext(sim, row)) ?? [];
    if (!program?.onSignal || !known.some((process) => process.pid === pid)) return false;
    applyStep(sim, ref, program.onSignal(row.programState, signal, programContext(sim, row), pid));
    return true;
  }
  if (signal === "SIGKILL") {
    endInstance(sim, ref, 137);
    return true;
  }
  if (program?.onSignal) applyStep(sim, ref, program.onSignal(row.programState, signal, programContext(sim, row)));
  else if (signal !== "SIGCONT" && signal !== "SIGWINCH" && signal !== "SIGSTOP") endInstance(sim, ref, 128 + number);
  return true;
}

export function programTimerDue(sim: Sim, ref: ContainerRef, name: string): void {
  const row = runningInstance(sim, ref);
  if (!row?.timers.includes(name)) return;
  writeInstance(sim, { ...row, timers: row.timers.filter((timer) => timer !== name) });
  const program = programOf(row);
  if (program?.onTimer) applyStep(sim, ref, program.onTimer(row.programState, name, programContext(sim, row)));
}

export function feedStdin(sim: Sim, ref: ContainerRef, data: string | null): void {
  const row = runningInstance(sim, ref);
  const program = row && programOf(row);
  if (row && program?.onStdin) applyStep(sim, ref, program.onStdin(row.programState, data, programContext(sim, row)));
}

/** Runs a command beside the main process, as exec probes and lifecycle hooks do. `error`: it cannot be executed at all. */
export function runCommand(
  sim: Sim,
  ref: ContainerRef,
  argv: readonly string[],
  trace?: Trace,
): (CommandResult & { changed: boolean }) | { error: string } {
  const row = runningInstance(sim, ref);
  if (!row) return { error: "container not running" };
  const own = programCommand(sim, row, argv, trace);
  if (own) return own;
  const image = findImage(row.image) as Image;
  const found = findExecutable(image, argv, openFiles(sim, row), row);
  if ("error" in found) return { error: found.error };
  const result = runInUserland(argv, programContext(sim, row, trace));
  return { ...result, changed: false };
}

/** A command that the container's program knows itself, such as `nginx -s reload`, or a client beside it, such as redis-cli. */
export function programCommand(
  sim: Sim,
  row: InstanceRow,
  argv: readonly string[],
  trace?: Trace,
): (CommandResult & { changed: boolean }) | undefined {
  const path = argv[0] ?? "";
  const name = path.slice(path.lastIndexOf("/") + 1);
  const commands = programOf(row)?.commands;
  const command = commands?.[path] ?? commands?.[name];
  if (!command) return clientCommand(sim, row, argv, name, trace);
  const {
    stdout = "",
    stderr = "",
    exitCode,
    ...rest
  } = command(row.programState, [...argv], programContext(sim, row, trace));
  const changed = applyStep(sim, row, rest);
  return { exitCode, stdout, stderr, tookMs: 20, changed };
}

/** A command of another program of the image, which keeps nothing: it asks over the network and ends. */
function clientCommand(sim: Sim, row: InstanceRow, argv: readonly string[], name: string, trace?: Trace) {
  const { programs: byName } = findImage(row.image) as Image;
  const client = Object.hasOwn(byName, name) ? programs[byName[name]!]?.commands?.[name] : undefined;
  if (!client || byName[name] === row.program) return undefined;
  const { stdout = "", stderr = "", exitCode } = client(null, [...argv], programContext(sim, row, trace));
  return { exitCode, stdout, stderr, tookMs: 20, changed: false };
}
